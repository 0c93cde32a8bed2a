package xyz.graphyn.application.memory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.NodeId;

/**
 * A question for edges, newest first. Every condition that is given must hold.
 *
 * @param asOf that held at this time, cut to microseconds
 * @param before only those behind this one in the list; null for its beginning
 * @param limit how many at most, 1 to {@value xyz.graphyn.application.paging.Page#MAX_LIMIT}
 * @param provenBy for a reader from whom something may be hidden: a condition on {@code relation} holds only for edges whose
 *     text there was searched by exactly these rules, with nothing found, lest one guess what is hidden; null for a reader who
 *     sees everything as it came
 */
public record EdgeQuery(
        @Nullable NodeId from,
        @Nullable NodeId to,
        @Nullable String relation,
        @Nullable Instant asOf,
        @Nullable EdgeId before,
        int limit,
        @Nullable RulesVersion provenBy) {
    public EdgeQuery {
        asOf = asOf == null ? null : asOf.truncatedTo(ChronoUnit.MICROS);
    }

    /** The same question for a reader of whom this holds. */
    public EdgeQuery by(@Nullable RulesVersion rules) {
        return new EdgeQuery(from, to, relation, asOf, before, limit, rules);
    }
}
