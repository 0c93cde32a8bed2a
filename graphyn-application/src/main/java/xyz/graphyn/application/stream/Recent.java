package xyz.graphyn.application.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.domain.event.Event;

/** The last events that went to live subscribers, so that one who comes from a replay can step in without a hole. */
final class Recent {
    /** More than are recorded while a page of a replay is read and sent. */
    private static final int MOST_EVENTS = 1_000;

    private static final long MOST_BYTES = 1L << 20;

    private final Deque<EventRun> runs = new ArrayDeque<>();
    private int events;
    private long bytes;

    /** Takes a run that follows the last one. */
    void add(EventRun run) {
        runs.addLast(run);
        events += run.size();
        bytes += run.weight();
        while (runs.size() > 1 && (events > MOST_EVENTS || bytes > MOST_BYTES)) {
            EventRun oldest = runs.removeFirst();
            events -= oldest.size();
            bytes -= oldest.weight();
        }
    }

    /** Forgets all, because what comes next does not follow. */
    void clear() {
        runs.clear();
        events = 0;
        bytes = 0;
    }

    /** All events above {@code seq}; empty if that reaches further back than what is kept. */
    Optional<EventRun> above(long seq) {
        if (runs.isEmpty()
                || seq + 1 < runs.getFirst().first()
                || seq >= runs.getLast().last()) {
            return Optional.empty();
        }
        List<Event> found = new ArrayList<>();
        for (EventRun run : runs) {
            if (run.last() > seq) {
                found.addAll(run.above(seq).events());
            }
        }
        return Optional.of(new EventRun(runs.getFirst().agent(), found));
    }
}
