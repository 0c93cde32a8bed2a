package xyz.graphyn.domain.memory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.validation.Checks;

/**
 * An edge as its author tells it: what holds between two nodes, and how long.
 *
 * @param from the node that the relation is told of
 * @param to the node that it leads to; may be the same
 * @param relation for example {@code lives_in}: 1 to {@value Checks#MAX_TYPE_NAME} characters, which
 *     {@value Checks#TYPE_NAME_RULE}
 * @param properties at most {@value #MAX_PROPERTIES} characters of JSON
 * @param validFrom from when on it holds, cut to microseconds; null if it has always held
 * @param validTo when it stopped holding, cut to microseconds, after {@code validFrom}; null if it still holds
 */
public record EdgeDraft(
        NodeId from,
        NodeId to,
        String relation,
        Json properties,
        @Nullable Instant validFrom,
        @Nullable Instant validTo) {
    public static final int MAX_PROPERTIES = 65_536;

    /** @throws xyz.graphyn.domain.validation.Invalid with every mistake */
    public EdgeDraft {
        Checks checks = new Checks()
                .typeName("/relation", relation)
                .json("/properties", properties, MAX_PROPERTIES)
                .time("/validFrom", validFrom)
                .time("/validTo", validTo);
        validFrom = cut(validFrom);
        validTo = cut(validTo);
        if (validFrom != null && validTo != null && !validTo.isAfter(validFrom)) {
            checks.add("/validTo", "out-of-range", "must be after validFrom");
        }
        checks.orThrow();
    }

    private static @Nullable Instant cut(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
    }
}
