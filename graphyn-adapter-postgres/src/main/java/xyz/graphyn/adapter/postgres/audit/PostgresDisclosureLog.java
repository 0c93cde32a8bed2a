package xyz.graphyn.adapter.postgres.audit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.adapter.postgres.gathering.Gathering;
import xyz.graphyn.adapter.postgres.transaction.CommitUnknown;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.Visibility;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.audit.DisclosureLog;
import xyz.graphyn.domain.audit.AuditEntry;

/**
 * Entries in {@code audit_entry}, those that come while others are being committed together, in one trip. A group that fails
 * for a reason of one entry is done again one by one. An entry that was given up may still be written: that it tells of a
 * reading that did not take place does no harm.
 */
public final class PostgresDisclosureLog implements DisclosureLog, AutoCloseable {
    /** More than requests that a server serves at once; some ten megabytes. */
    public static final Gathering.Limits USUAL_LIMITS = new Gathering.Limits(20_000, 10L << 20, 1_000, 1L << 20);

    /** Longer than a queue that still moves. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(PostgresDisclosureLog.class);

    private final TenantDatabase database;
    private final Duration longestWait;
    private final Gathering<Pending> gathering;

    public PostgresDisclosureLog(TenantDatabase database, Gathering.Limits limits, Duration longestWait) {
        this.database = database;
        this.longestWait = longestWait;
        gathering = new Gathering<>("graphyn-disclosures", limits, this::commit);
    }

    private record Pending(AuditEntry entry, CompletableFuture<Void> written) implements Gathering.Work {
        /** What the columns of one row weigh beside its details. */
        private static final int ROW = 300;

        @Override
        public int rows() {
            return 1;
        }

        @Override
        public long size() {
            return ROW
                    + entry.details().entrySet().stream()
                            .mapToLong(detail ->
                                    detail.getKey().length() + detail.getValue().length())
                            .sum();
        }

        @Override
        public void fail(Throwable why) {
            written.completeExceptionally(why);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // What is done when it completes can't fail.
    public CompletableFuture<Void> write(AuditEntry entry) {
        Pending pending = new Pending(entry, new CompletableFuture<>());
        try {
            gathering.add(pending);
        } catch (Refusal.Unavailable refused) {
            return CompletableFuture.failedFuture(refused);
        }
        CompletableFuture<Void> answer = new CompletableFuture<>();
        pending.written.orTimeout(longestWait.toMillis(), TimeUnit.MILLISECONDS).whenComplete((nothing, failure) -> {
            if (failure == null) {
                answer.complete(null);
            } else {
                answer.completeExceptionally(failure instanceof TimeoutException ? unavailable() : failure);
            }
        });
        return answer;
    }

    private void commit(List<Pending> group) {
        List<Pending> awaited =
                group.stream().filter(pending -> !pending.written.isDone()).toList();
        if (awaited.isEmpty()) {
            return;
        }
        try {
            insert(awaited);
        } catch (RuntimeException failure) {
            if (awaited.size() == 1 || isAway(failure)) {
                awaited.forEach(pending -> pending.fail(told(failure)));
                return;
            }
            log.debug("A group of {} entries is written again one by one", awaited.size(), failure);
            oneByOne(awaited);
        }
    }

    private void oneByOne(List<Pending> group) {
        for (int i = 0; i < group.size(); i++) {
            try {
                insert(List.of(group.get(i)));
            } catch (RuntimeException failure) {
                if (isAway(failure)) {
                    group.subList(i, group.size()).forEach(pending -> pending.fail(told(failure)));
                    return;
                }
                group.get(i).fail(failure);
            }
        }
    }

    private void insert(List<Pending> group) {
        List<AuditEntry> entries = group.stream().map(Pending::entry).toList();
        Visibility visibility =
                Visibility.of(entries.stream().map(AuditEntry::organization).collect(Collectors.toUnmodifiableSet()));
        database.alone(
                visibility,
                sql -> AuditRows.bind(sql.committingDurably(AuditRows.INSERT), entries)
                        .execute());
        group.forEach(pending -> pending.written.complete(null));
    }

    private static boolean isAway(RuntimeException failure) {
        return failure instanceof Refusal.Unavailable || failure instanceof CommitUnknown;
    }

    /** Nobody has seen what the entry tells of, so that a commit of which nobody knows may as well not have been. */
    private static RuntimeException told(RuntimeException failure) {
        return failure instanceof CommitUnknown ? unavailable() : failure;
    }

    private static Refusal.Unavailable unavailable() {
        return new Refusal.Unavailable("Who sees this can't be written down for now.", Gathering.RETRY_AFTER);
    }

    /** Refuses what waits, and lets end what is under way. */
    @Override
    public void close() {
        gathering.close();
    }
}
