package xyz.graphyn.adapter.http.identity;

import com.auth0.jwk.JwkException;
import com.auth0.jwk.UrlJwkProvider;
import java.net.MalformedURLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Refusal;

/**
 * Keys that the issuer publishes, held as one snapshot that a background thread renews.
 *
 * <p>A token with a known key id never waits and never fetches. An unknown one may cause a fetch, at most one per
 * interval however many ask; up to {@value #MAX_WAITING} callers wait for its end, briefly, and the others get their
 * answer from what is known.
 *
 * <p>A failed fetch changes nothing: the last good snapshot is kept, up to the configured time, and the next try comes
 * after 1 s, then 2 s, 4 s and so on to one minute. A set without a single usable key counts as failed, since no issuer
 * publishes that on purpose.
 */
final class PublishedKeys implements VerificationKeys {
    private static final Logger log = LoggerFactory.getLogger(PublishedKeys.class);

    /** Enough for the users who meet a new key first, too few for a flood to hold connections with. */
    static final int MAX_WAITING = 64;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);

    private final KeySource.Jwks source;
    private final InstantSource clock;
    private final JwksDownload download;
    private final UrlJwkProvider provider;
    private final ScheduledThreadPoolExecutor fetcher;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);

    private volatile @Nullable KeySnapshot snapshot;

    /** Guards the fields below it. */
    private final Object lock = new Object();

    private @Nullable CompletableFuture<Void> underWay;
    private @Nullable Instant lastTry;
    private @Nullable ScheduledFuture<?> next;
    private int failures;

    /** Starts the first fetch, and doesn't wait for it. */
    PublishedKeys(KeySource.Jwks source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
        this.download = new JwksDownload(source);
        try {
            this.provider = new UrlJwkProvider(source.url().toURL(), download);
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("the key set's URL can't be fetched", e);
        }
        this.fetcher = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("graphyn-signing-keys").daemon().factory());
        this.fetcher.setRemoveOnCancelPolicy(true);
        refresh();
    }

    @Override
    public List<VerificationKey> candidates(@Nullable String id) {
        List<VerificationKey> known = known(id);
        if (!known.isEmpty()) {
            return known;
        }
        fetchIfDue().ifPresent(this::awaitBriefly);
        if (current().isEmpty()) {
            throw new Refusal.Unavailable(
                    "The token can't be verified: the issuer's signing keys are not known yet.",
                    source.refetchAtMostEvery());
        }
        return known(id);
    }

    @Override
    public boolean holds(VerificationKey key) {
        return current().map(keys -> keys.holds(key)).orElse(false);
    }

    @Override
    public Optional<Instant> asOf() {
        return current().map(KeySnapshot::fetchedAt);
    }

    @Override
    public void close() {
        fetcher.shutdownNow();
        download.close();
    }

    private void refresh() {
        CompletableFuture<Void> unused = fetchOrJoin();
    }

    /** Fetches now, or joins the fetch that is under way. Done when it has ended, well or not. */
    CompletableFuture<Void> fetchOrJoin() {
        synchronized (lock) {
            if (underWay != null) {
                return underWay;
            }
            CompletableFuture<Void> started = new CompletableFuture<>();
            underWay = started;
            lastTry = clock.instant();
            if (next != null) {
                next.cancel(false);
            }
            try {
                fetcher.execute(() -> fetch(started));
            } catch (RejectedExecutionException closed) {
                underWay = null;
                started.complete(null);
            }
            return started;
        }
    }

    private List<VerificationKey> known(@Nullable String id) {
        return current().map(keys -> keys.candidates(id)).orElse(List.of());
    }

    private Optional<KeySnapshot> current() {
        return Optional.ofNullable(snapshot)
                .filter(keys -> clock.instant().isBefore(keys.fetchedAt().plus(source.keepFor())));
    }

    private Optional<CompletableFuture<Void>> fetchIfDue() {
        synchronized (lock) {
            if (underWay != null) {
                return Optional.of(underWay);
            }
            if (lastTry != null && clock.instant().isBefore(lastTry.plus(source.refetchAtMostEvery()))) {
                return Optional.empty();
            }
            return Optional.of(fetchOrJoin());
        }
    }

    private void awaitBriefly(CompletableFuture<Void> fetch) {
        if (!waiting.tryAcquire()) {
            return;
        }
        try {
            fetch.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            log.debug("Not waiting any longer for signing keys");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.release();
        }
    }

    private void fetch(CompletableFuture<Void> done) {
        boolean succeeded = false;
        try {
            take(KeySnapshot.of(provider.getAll(), clock.instant()));
            succeeded = true;
        } catch (JwkException | RuntimeException e) {
            // RuntimeException too: the library casts what it parsed, and must not end the refreshing by that.
            if (!fetcher.isShutdown()) {
                sayWhyNot(e);
            }
        } finally {
            ended(succeeded);
            done.complete(null);
        }
    }

    private void sayWhyNot(Exception failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        log.warn(
                "Signing keys could not be fetched from {}: {}; {}",
                source.url(),
                Printable.text(cause.getMessage()),
                current().map(keys -> "keeping those of " + keys.fetchedAt()).orElse("there are none to keep"));
    }

    private void take(KeySnapshot fetched) {
        KeySnapshot before = snapshot;
        snapshot = fetched;
        if (before == null || !fetched.hasTheKeysOf(before)) {
            log.info(
                    "Signing keys of {}: {}",
                    source.url(),
                    fetched.byId().keySet().stream()
                            .map(Printable::text)
                            .sorted()
                            .toList());
        }
    }

    private void ended(boolean succeeded) {
        synchronized (lock) {
            underWay = null;
            failures = succeeded ? 0 : failures + 1;
            Duration pause = succeeded ? source.refreshEvery() : pauseAfter(failures);
            try {
                next = fetcher.schedule(this::refresh, pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                next = null;
            }
        }
    }

    private static Duration pauseAfter(int failures) {
        Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, 10));
        return doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
    }
}
