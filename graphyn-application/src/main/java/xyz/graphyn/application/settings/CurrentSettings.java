package xyz.graphyn.application.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.access.OrganizationId;

/**
 * What organizations have decided about something, remembered for seconds: it is asked with every request and every event that
 * is streamed. A change that was made on this server is seen at once, one made on another within
 * {@link #OLDEST}. Nobody ever gets a default in the place of what could not be read.
 *
 * @param <S> immutable settings
 */
public final class CurrentSettings<S> {
    /** Nothing is answered that was read longer ago than this. */
    public static final Duration OLDEST = Duration.ofSeconds(5);

    /** When it is read again. What is left until {@link #OLDEST} bridges a store that is away for a moment. */
    static final Duration FRESH = Duration.ofSeconds(3);

    /** Far more organizations than one server serves within seconds; some ten megabytes. */
    static final int MOST = 10_000;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** @param at when its reading began */
    private record Known<S>(S settings, long at) {}

    /** What is known of one organization, until it changes here: then another takes its place. */
    private static final class Entry<S> {
        private volatile @Nullable Known<S> known;
        private final AtomicReference<@Nullable CompletableFuture<Known<S>>> reading = new AtomicReference<>();
    }

    private static final Logger LOG = LoggerFactory.getLogger(CurrentSettings.class);

    private final Function<OrganizationId, S> store;
    private final LongSupplier nanoTime;
    private final Map<OrganizationId, Entry<S>> entries = new ConcurrentHashMap<>();

    /**
     * @param store reads an organization's settings, or the default where it has decided nothing
     * @param nanoTime a clock that never goes back, in nanoseconds, such as {@link System#nanoTime}
     */
    public CurrentSettings(Function<OrganizationId, S> store, LongSupplier nanoTime) {
        this.store = store;
        this.nanoTime = nanoTime;
    }

    /** @throws Refusal.Unavailable if they can't be read, and what was read before is too old */
    public S of(OrganizationId organization) {
        Entry<S> entry = entry(organization);
        Known<S> known = entry.known;
        if (known != null && age(known) < FRESH.toNanos()) {
            return known.settings();
        }
        try {
            return read(organization, entry).settings();
        } catch (Refusal.Unavailable away) {
            if (known != null && age(known) < OLDEST.toNanos()) {
                return known.settings();
            }
            throw away;
        }
    }

    /** The same without waiting: empty if they would have to be read first. Has them read again before they are too old. */
    public Optional<S> known(OrganizationId organization) {
        Entry<S> entry = entry(organization);
        Known<S> known = entry.known;
        if (known == null || age(known) >= OLDEST.toNanos()) {
            return Optional.empty();
        }
        if (age(known) >= FRESH.toNanos() && entry.reading.get() == null) {
            Thread.ofVirtual().name("settings").start(() -> refresh(organization));
        }
        return Optional.of(known.settings());
    }

    private void refresh(OrganizationId organization) {
        try {
            of(organization);
        } catch (Refusal.Unavailable away) {
            LOG.debug("Settings can't be read at the moment", away); // whoever needs them asks, and is told
        }
    }

    /** To be called when a change of the organization's settings is committed: from then on, they are read anew. */
    public void changed(OrganizationId organization) {
        entries.remove(organization);
    }

    private Entry<S> entry(OrganizationId organization) {
        Entry<S> known = entries.get(organization);
        if (known != null) {
            return known;
        }
        if (entries.size() >= MOST) {
            entries.clear();
        }
        return entries.computeIfAbsent(organization, absent -> new Entry<>());
    }

    private long age(Known<S> known) {
        return nanoTime.getAsLong() - known.at();
    }

    /** One reads, and all who come meanwhile get what it read, or why it could not. */
    private Known<S> read(OrganizationId organization, Entry<S> entry) {
        CompletableFuture<Known<S>> mine = new CompletableFuture<>();
        CompletableFuture<Known<S>> others = entry.reading.compareAndExchange(null, mine);
        if (others != null) {
            return result(others);
        }
        try {
            Known<S> justRead = entry.known;
            if (justRead != null && age(justRead) < FRESH.toNanos()) {
                mine.complete(justRead);
                return justRead;
            }
            long at = nanoTime.getAsLong();
            Known<S> read = new Known<>(store.apply(organization), at);
            if (age(read) >= OLDEST.toNanos()) {
                throw new Refusal.Unavailable("The settings took too long to read.", RETRY_AFTER);
            }
            entry.known = read;
            mine.complete(read);
            return read;
        } catch (RuntimeException | Error failed) {
            mine.completeExceptionally(failed);
            throw failed;
        } finally {
            entry.reading.set(null);
        }
    }

    private static <S> Known<S> result(CompletableFuture<Known<S>> reading) {
        try {
            return reading.join();
        } catch (CompletionException failed) {
            switch (failed.getCause()) {
                case Refusal refusal -> throw refusal;
                case null, default -> throw failed;
            }
        }
    }
}
