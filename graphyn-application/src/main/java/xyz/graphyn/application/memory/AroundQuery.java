package xyz.graphyn.application.memory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.masking.RulesVersion;

/**
 * Which edges of a node are followed. Every condition that is given must hold.
 *
 * @param relations any of these; none for all
 * @param asOf that held at this time, cut to microseconds
 * @param provenBy as for {@link EdgeQuery}
 */
public record AroundQuery(
        Set<String> relations,
        Direction direction,
        @Nullable Instant asOf,
        @Nullable RulesVersion provenBy) {
    /** Which way an edge may lead, seen from the node. */
    public enum Direction {
        OUT,
        IN,
        BOTH
    }

    public AroundQuery {
        relations = Set.copyOf(relations);
        asOf = asOf == null ? null : asOf.truncatedTo(ChronoUnit.MICROS);
    }

    /** The same question for a reader of whom this holds. */
    public AroundQuery by(@Nullable RulesVersion rules) {
        return new AroundQuery(relations, direction, asOf, rules);
    }
}
