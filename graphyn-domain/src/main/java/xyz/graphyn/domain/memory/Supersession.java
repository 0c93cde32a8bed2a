package xyz.graphyn.domain.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What holds in a node's place.
 *
 * @param by the newer node; null if somebody has told that none does
 * @param at from when on it does: when the newer one occurred, in microseconds; null if none does
 * @param told whether somebody has told it, so that memory does not judge by itself any more; false if memory has found it
 */
public record Supersession(@Nullable NodeId by, @Nullable Instant at, boolean told) {
    /** Somebody took back what memory had found, or what was told before. */
    public static final Supersession TAKEN_BACK = new Supersession(null, null, true);

    /** @throws IllegalArgumentException if there is a newer one without its time, or nothing at all */
    public Supersession {
        if ((by == null) != (at == null) || (by == null && !told)) {
            throw new IllegalArgumentException("by and at come together, and memory finds nothing without them");
        }
    }

    /** Memory has found it. */
    public static Supersession found(Node newer) {
        return new Supersession(newer.id(), newer.occurredAt(), false);
    }

    /** Somebody has told it. */
    public static Supersession told(Node newer) {
        return new Supersession(newer.id(), newer.occurredAt(), true);
    }

    /** Whether the newer one had occurred by then. */
    public boolean holdsAt(Instant time) {
        return at != null && !at.isAfter(time);
    }
}
