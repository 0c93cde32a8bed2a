package xyz.graphyn.application.health;

import java.time.Duration;

/**
 * Something outside the process that the system leans on, such as a database.
 *
 * <p>Implementations are safe for use by many threads at once.
 */
public interface Dependency {
    /** A short lower-case name, unique in the system and the same for its whole life: {@code postgresql}. */
    String name();

    /**
     * True when nothing useful can be done without it, so that a server that lost it is not ready. False when the
     * system only becomes slower or later. Never changes.
     */
    boolean required();

    /**
     * Asks the dependency for the least work that proves it does its job, now and not from memory.
     *
     * <p>Never throws: whatever goes wrong is a {@link Status.Down}. Answers within a bound of the implementation's own,
     * at most 2 s, also when the dependency doesn't answer at all. An interrupt ends it early.
     */
    Status check();

    /** What a check found. */
    sealed interface Status {
        /** How long the check took by a monotonic clock; never negative. */
        Duration latency();

        /** It works. */
        record Up(Duration latency) implements Status {}

        /**
         * It doesn't work.
         *
         * @param reason one short line for an operator: no password, no token, no stack trace
         */
        record Down(Duration latency, String reason) implements Status {}
    }
}
