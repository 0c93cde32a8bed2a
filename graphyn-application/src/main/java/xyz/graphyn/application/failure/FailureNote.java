package xyz.graphyn.application.failure;

import java.time.Instant;
import java.util.UUID;

/**
 * A failure as it is kept: once, with how often it was noticed within a short while.
 *
 * @param failure as it was the first time; its texts have no control characters, and are cut to what is kept
 * @param at when it was noticed first
 * @param lastAt when it was noticed last; not before {@code at}
 * @param count how often, from 1
 * @param server which server noticed it
 */
public record FailureNote(UUID id, Failure failure, Instant at, Instant lastAt, long count, String server) {
    /** The same, noticed once more. */
    FailureNote again(Instant now) {
        return new FailureNote(id, failure, at, now.isAfter(lastAt) ? now : lastAt, count + 1, server);
    }
}
