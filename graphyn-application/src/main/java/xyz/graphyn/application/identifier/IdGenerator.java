package xyz.graphyn.application.identifier;

import java.util.UUID;

/**
 * Makes ids: UUIDs of version 7 (RFC 9562), which sort by the millisecond of their making.
 *
 * <p>Ids of one generator are unique and strictly increasing, also when made concurrently and when the clock goes back.
 * Never blocks, never fails.
 */
@FunctionalInterface
public interface IdGenerator {
    UUID next();
}
