package xyz.graphyn.application.stream;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.event.EventHeads;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.application.event.EventStore;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;

/**
 * Reads logs for replays and to fill holes. Pages end at round numbers, so that many who come back at once after a restart
 * soon ask for the same ones: a page that is being read is read for all who ask, and one that is full is kept a little.
 */
final class LogReader {
    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
    private static final int PAGE = EventStore.MAX_FOLLOWING;

    /** What the pages that are kept weigh together, at most; what is made of them to be sent comes on top, each time about once. */
    private static final long KEPT_BYTES = 16L << 20;

    private final EventStore events;
    private final EventHeads heads;
    private final LiveChannel channel;
    private final Semaphore reads;
    private final Map<Place, CompletableFuture<Next>> loading = new ConcurrentHashMap<>();
    private final Kept kept = new Kept();
    private volatile int history;

    /** @param reads how many pages may be read from the store at one time, so that replays leave connections to others */
    LogReader(EventStore events, EventHeads heads, LiveChannel channel, int reads) {
        this.events = events;
        this.heads = heads;
        this.channel = channel;
        this.reads = new Semaphore(reads, true);
    }

    /** What stands next in a log. */
    sealed interface Next {
        record Events(EventRun run) implements Next {}

        /** These were removed. */
        record Gap(long from, long to) implements Next {}

        /** Nothing, or not yet. */
        record End() implements Next {}
    }

    private record Place(AgentKey agent, long after, int history) {}

    /**
     * What follows {@code after}.
     *
     * @param maybeInChannel whether it is recent enough for the channel to have it
     * @throws Refusal.Unavailable if it can't be read at the moment
     */
    Next read(AgentKey agent, long after, boolean maybeInChannel) throws InterruptedException {
        Place place = new Place(agent, after, history);
        EventRun page = kept.get(place);
        if (page != null) {
            return new Next.Events(page);
        }
        CompletableFuture<Next> mine = new CompletableFuture<>();
        CompletableFuture<Next> others = loading.putIfAbsent(place, mine);
        if (others != null) {
            return outcome(others);
        }
        try {
            Next next = load(place, maybeInChannel);
            if (next instanceof Next.Events(EventRun run) && run.last() % PAGE == 0) {
                kept.put(place, run);
            }
            mine.complete(next);
            return next;
        } catch (RuntimeException | Error | InterruptedException failure) {
            mine.completeExceptionally(failure);
            throw failure;
        } finally {
            loading.remove(place, mine);
        }
    }

    /**
     * Reads a page that will soon be asked for, so that it is read while the one before is sent. It must be a full one: only
     * those are kept.
     */
    void prepare(AgentKey agent, long after) {
        try {
            read(agent, after, false);
        } catch (Refusal refused) {
            LOG.debug("A page was not read ahead", refused); // whoever asks for it is told
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Forgets what is kept and what is being read, because the history is another one. */
    synchronized void forget() {
        history++;
        kept.clear();
    }

    private static Next outcome(CompletableFuture<Next> loading) {
        try {
            return loading.join();
        } catch (CompletionException failure) {
            Throwable cause = failure.getCause();
            if (cause instanceof InterruptedException) {
                return new Next.End(); // the other reader's, not ours; we ask again
            }
            throw cause instanceof RuntimeException passed ? passed : failure;
        }
    }

    private Next load(Place place, boolean maybeInChannel) throws InterruptedException {
        int limit = (int) (PAGE - place.after % PAGE);
        if (maybeInChannel) {
            EventRun run = channel.replay(place.agent, place.after, limit).orElse(null);
            if (run != null) {
                return new Next.Events(run);
            }
        }
        reads.acquire();
        try {
            List<Event> found = events.follow(place.agent, place.after, limit);
            return found.isEmpty() ? nothing(place) : next(place, found);
        } finally {
            reads.release();
        }
    }

    private Next nothing(Place place) {
        Long head = heads.read(Set.of(place.agent)).seqs().get(place.agent);
        return head == null || head <= place.after ? new Next.End() : reread(place, head);
    }

    /** Between the two reads something may have come; only what is missing now was removed. */
    private Next reread(Place place, long head) {
        List<Event> found = events.follow(place.agent, place.after, 1);
        return found.isEmpty() ? new Next.Gap(place.after + 1, head) : next(place, found);
    }

    private static Next next(Place place, List<Event> found) {
        long first = found.getFirst().seq();
        if (first > place.after + 1) {
            return new Next.Gap(place.after + 1, first - 1);
        }
        int whole = 1;
        while (whole < found.size() && found.get(whole).seq() == first + whole) {
            whole++;
        }
        return new Next.Events(new EventRun(place.agent, found.subList(0, whole)));
    }

    /** The pages that were asked for last. */
    private static final class Kept {
        private final Map<Place, EventRun> pages = new LinkedHashMap<>(16, 0.75f, true);
        private long bytes;

        synchronized @Nullable EventRun get(Place place) {
            return pages.get(place);
        }

        synchronized void put(Place place, EventRun page) {
            if (page.weight() > KEPT_BYTES / 4 || pages.putIfAbsent(place, page) != null) {
                return;
            }
            bytes += page.weight();
            Iterator<EventRun> oldest = pages.values().iterator();
            while (bytes > KEPT_BYTES) {
                bytes -= oldest.next().weight();
                oldest.remove();
            }
        }

        synchronized void clear() {
            pages.clear();
            bytes = 0;
        }
    }
}
