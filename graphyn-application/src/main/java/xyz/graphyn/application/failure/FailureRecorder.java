package xyz.graphyn.application.failure;

/** Takes note of failures. Safe for many threads. */
@FunctionalInterface
public interface FailureRecorder {
    /** Returns at once and never throws; under a flood, notes may be merged or dropped, and that is counted. */
    void record(Failure failure);
}
