package xyz.graphyn.application.failure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.identifier.IdGenerator;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;

/**
 * Takes failures down in memory, and writes them to the store once a second and at the end. Equal ones (of the same kind,
 * organization, agent and client) become one note with a count. What there is no room for is counted, and the count is
 * noted too. While the store is away, notes wait here.
 */
public final class FailureLog implements FailureRecorder, AutoCloseable {
    /** Notes that wait to be written; a note takes less than 2 kB. */
    public static final int ROOM = FailureStore.MAX_BATCH - 1;

    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** How often a batch is tried that the store refuses though it is there. */
    private static final int ATTEMPTS = 3;

    private static final Failure NOT_NOTED = new Failure(
            Failure.Kind.NOT_NOTED,
            null,
            null,
            null,
            null,
            "Failures that were only counted, because too many others were waiting to be noted.");

    private static final int MAX_DETAIL = 500;
    private static final int MAX_CLIENT = 200;

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

    private final FailureStore store;
    private final String server;
    private final IdGenerator ids;
    private final InstantSource clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    // Held for as long as it takes to change a map, never while anything is waited for.
    private final ReentrantLock lock = new ReentrantLock();
    private Map<Sameness, FailureNote> pending = new LinkedHashMap<>();
    private @Nullable FailureNote surplus;
    private int underWay;

    // The worker's own.
    private List<FailureNote> batch = List.of();
    private int attempts;
    private boolean away;

    private FailureLog(FailureStore store, String server, IdGenerator ids, InstantSource clock) {
        this.store = store;
        this.server = server;
        this.ids = ids;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("failure-log").unstarted(this::work);
    }

    /** @param server names this server in its notes; short */
    public static FailureLog start(FailureStore store, String server, IdGenerator ids, InstantSource clock) {
        FailureLog log = new FailureLog(store, server, ids, clock);
        log.thread.start();
        return log;
    }

    /** What makes two failures one note. */
    private record Sameness(
            Failure.Kind kind,
            @Nullable OrganizationId organization,
            @Nullable AgentId agent,
            @Nullable String client,
            long minute) {
        /** Not those of two minutes, so that notes say when it was also where they had to wait. */
        static Sameness of(Failure failure, Instant at) {
            return new Sameness(
                    failure.kind(),
                    failure.organization(),
                    failure.agent(),
                    failure.client(),
                    at.getEpochSecond() / 60);
        }
    }

    @Override
    public void record(Failure failure) {
        Failure kept = tidy(failure);
        Instant now = clock.instant();
        Sameness sameness = Sameness.of(kept, now);
        UUID id = ids.next();
        lock.lock();
        try {
            FailureNote known = pending.get(sameness);
            if (known != null) {
                pending.put(sameness, known.again(now));
            } else if (pending.size() + underWay < ROOM) {
                pending.put(sameness, new FailureNote(id, kept, now, now, 1, server));
            } else {
                lose(1, now);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void lose(long count, Instant now) {
        FailureNote before = surplus;
        surplus = before == null
                ? new FailureNote(ids.next(), NOT_NOTED, now, now, count, server)
                : new FailureNote(before.id(), NOT_NOTED, before.at(), now, before.count() + count, server);
    }

    private void work() {
        try {
            while (!closing.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                write();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        // What was under way, and then what came since.
        if (write()) {
            write();
        }
        long left = left();
        if (left > 0) {
            LOG.warn("{} failures could not be noted before the end", left);
        }
    }

    /** @return whether the store took what there was */
    private boolean write() {
        if (batch.isEmpty()) {
            take();
        }
        if (batch.isEmpty()) {
            return true;
        }
        try {
            store.write(batch, clock.instant());
            away = false;
            done();
            return true;
        } catch (Refusal.Unavailable unavailable) {
            if (!away) {
                LOG.warn("Failures can't be noted for now: {}", unavailable.getMessage());
            }
            away = true;
        } catch (RuntimeException fault) {
            LOG.error("Failures could not be noted", fault);
            attempts++;
            if (attempts == ATTEMPTS) {
                giveUp();
            }
        }
        return false;
    }

    private void take() {
        lock.lock();
        try {
            List<FailureNote> taken = new ArrayList<>(pending.values());
            underWay = taken.size();
            pending = new LinkedHashMap<>();
            if (surplus != null) {
                taken.add(surplus);
                surplus = null;
            }
            batch = List.copyOf(taken);
        } finally {
            lock.unlock();
        }
    }

    private void done() {
        batch = List.of();
        attempts = 0;
        lock.lock();
        try {
            underWay = 0;
        } finally {
            lock.unlock();
        }
    }

    /** One note that the store can't take must not keep out all that come after it. */
    private void giveUp() {
        long count = batch.stream().mapToLong(FailureNote::count).sum();
        done();
        lock.lock();
        try {
            lose(count, clock.instant());
        } finally {
            lock.unlock();
        }
    }

    private long left() {
        lock.lock();
        try {
            return Stream.of(batch.stream(), pending.values().stream(), Stream.ofNullable(surplus))
                    .flatMap(notes -> notes)
                    .mapToLong(FailureNote::count)
                    .sum();
        } finally {
            lock.unlock();
        }
    }

    /** A reason may quote what others sent: nothing of it may break a line, or be longer than is kept. */
    private static Failure tidy(Failure failure) {
        return new Failure(
                failure.kind(),
                failure.organization(),
                failure.agent(),
                failure.client() == null ? null : tidy(failure.client(), MAX_CLIENT),
                failure.seq(),
                tidy(failure.detail(), MAX_DETAIL));
    }

    private static String tidy(String text, int max) {
        StringBuilder tidy = new StringBuilder();
        text.codePoints()
                .limit(max)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? ' ' : c)
                .forEach(tidy::appendCodePoint);
        return tidy.toString();
    }

    /** Writes what is noted, and ends. What the store doesn't take now is lost, and its number is logged. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
