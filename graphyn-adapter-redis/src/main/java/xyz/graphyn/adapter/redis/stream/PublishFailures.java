package xyz.graphyn.adapter.redis.stream;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.failure.Failure;
import xyz.graphyn.application.failure.FailureRecorder;
import xyz.graphyn.domain.agent.AgentKey;

/** Takes note of runs that were not published: one note a second at most, with what happened since the last. */
final class PublishFailures {
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private final FailureRecorder recorder;

    // All guarded by this.
    private long lastNote = System.nanoTime() - PAUSE_NANOS;
    private long events;
    private long runs;
    private @Nullable AgentKey agent;
    private boolean ofMany;
    private long firstSeq;
    private String reason = "";

    PublishFailures(FailureRecorder recorder) {
        this.recorder = recorder;
    }

    void note(Packet packet, String why) {
        note(packet.agent(), packet.first(), packet.events(), packet.runs(), why);
    }

    void note(AgentKey whose, long first, long count, int inRuns, String why) {
        synchronized (this) {
            if (runs == 0) {
                agent = whose;
                ofMany = false;
                firstSeq = first;
            } else if (!whose.equals(agent)) {
                ofMany = true;
            }
            events += count;
            runs += inRuns;
            reason = why;
        }
        flush();
    }

    /** Writes what has gathered, unless a note was written within the last second. Called once a second besides. */
    void flush() {
        Failure failure;
        synchronized (this) {
            long now = System.nanoTime();
            if (runs == 0 || now - lastNote < PAUSE_NANOS) {
                return;
            }
            AgentKey one = ofMany ? null : agent;
            failure = new Failure(
                    Failure.Kind.PUBLISH,
                    one == null ? null : one.organization(),
                    one == null ? null : one.agent(),
                    null,
                    one == null ? null : firstSeq,
                    String.format(
                            Locale.ROOT, "%d events in %d runs did not get through Redis: %s.", events, runs, reason));
            lastNote = now;
            events = 0;
            runs = 0;
        }
        recorder.record(failure);
    }
}
