package xyz.graphyn.adapter.postgres.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.adapter.postgres.gathering.Gathering;
import xyz.graphyn.adapter.postgres.transaction.CommitUnknown;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.adapter.postgres.transaction.Visibility;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.usage.UsageFilter;
import xyz.graphyn.application.usage.UsagePart;
import xyz.graphyn.application.usage.UsageStore;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.usage.UsageId;
import xyz.graphyn.domain.usage.UsageRow;
import xyz.graphyn.domain.usage.UsageTotals;

/**
 * Rows in {@code token_usage}, sums in {@code usage_day} and {@code usage_session}. Rows that come while others are being
 * committed are committed together: inserted in one trip, and the sums of those that were new added in another, with the
 * commit. A group that fails for a reason of one row is done again one by one.
 */
public final class PostgresUsageStore implements UsageStore, AutoCloseable {
    /** More than requests that a server serves at once; some ten megabytes. */
    public static final Gathering.Limits USUAL_LIMITS = new Gathering.Limits(20_000, 10L << 20, 500, 1L << 20);

    /** Longer than a queue that still moves. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(PostgresUsageStore.class);

    private final TenantDatabase database;
    private final Duration longestWait;
    private final Gathering<Pending> gathering;

    public PostgresUsageStore(TenantDatabase database, Gathering.Limits limits, Duration longestWait) {
        this.database = database;
        this.longestWait = longestWait;
        gathering = new Gathering<>("graphyn-usage", limits, this::commit);
    }

    private record Pending(UsageRow row, CompletableFuture<UsageId> kept) implements Gathering.Work {
        /** What a row weighs, its texts included. */
        private static final int ROW = 400;

        @Override
        public int rows() {
            return 1;
        }

        @Override
        public long size() {
            return ROW;
        }

        @Override
        public void fail(Throwable why) {
            kept.completeExceptionally(why);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // What is done when they complete can't fail.
    public CompletableFuture<UsageId> write(UsageRow row) {
        CompletableFuture<UsageId> kept = new CompletableFuture<>();
        try {
            gathering.add(new Pending(row, kept));
        } catch (Refusal.Unavailable refused) {
            return CompletableFuture.failedFuture(refused);
        }
        CompletableFuture<UsageId> answer = new CompletableFuture<>();
        kept.orTimeout(longestWait.toMillis(), TimeUnit.MILLISECONDS).whenComplete((id, failure) -> {
            if (failure == null) {
                answer.complete(id);
            } else {
                answer.completeExceptionally(told(failure));
            }
        });
        answer.whenComplete((id, failure) -> {
            if (answer.isCancelled()) {
                kept.cancel(true);
            }
        });
        return answer;
    }

    private void commit(List<Pending> group) {
        List<Pending> awaited =
                group.stream().filter(pending -> !pending.kept.isDone()).toList();
        if (awaited.isEmpty()) {
            return;
        }
        try {
            insertSurely(awaited);
        } catch (RuntimeException failure) {
            if (awaited.size() == 1 || isAway(failure)) {
                awaited.forEach(pending -> pending.fail(failure));
                return;
            }
            log.debug("A group of {} rows is written again one by one", awaited.size(), failure);
            oneByOne(awaited);
        }
    }

    private void oneByOne(List<Pending> group) {
        for (int i = 0; i < group.size(); i++) {
            try {
                insertSurely(List.of(group.get(i)));
            } catch (RuntimeException failure) {
                if (isAway(failure)) {
                    group.subList(i, group.size()).forEach(pending -> pending.fail(failure));
                    return;
                }
                group.get(i).fail(failure);
            }
        }
    }

    /** Once more if nobody knows what became of it: what is there already is not added again. */
    private void insertSurely(List<Pending> group) {
        try {
            insert(group);
        } catch (CommitUnknown unknown) {
            insert(group);
        }
    }

    private void insert(List<Pending> group) {
        List<UsageRow> rows =
                group.stream().map(Pending::row).sorted(UsageRows.ORDER).toList();
        Visibility visibility = Visibility.of(
                rows.stream().map(row -> row.origin().agent().organization()).collect(Collectors.toUnmodifiableSet()));
        Map<UsageId, UsageId> earlier = database.alone(visibility, sql -> {
            Set<UUID> added = UsageRows.bind(sql.query(UsageRows.INSERT), rows)
                    .mapTo(UUID.class)
                    .set();
            List<UsageRow> known = rows.stream()
                    .filter(row -> !added.contains(row.origin().id().value()))
                    .toList();
            Map<UsageId, UsageId> first = known.isEmpty() ? Map.of() : earlier(sql, known);
            if (!added.isEmpty()) {
                UsageSums.of(rows.stream()
                                .filter(row -> added.contains(row.origin().id().value()))
                                .toList())
                        .commit(sql);
            }
            return first;
        });
        group.forEach(pending -> {
            UsageId own = pending.row.origin().id();
            pending.kept.complete(earlier.getOrDefault(own, own));
        });
    }

    /** Which rows have the external ids of these. */
    private static Map<UsageId, UsageId> earlier(TenantSql sql, List<UsageRow> known) {
        Map<UsageId, UsageId> earlier = new HashMap<>();
        UsageRows.bindNames(sql.query(UsageRows.EARLIER), known)
                .map((row, context) -> Map.entry(
                        new UsageId(row.getObject("usage_id", UUID.class)),
                        new UsageId(row.getObject("first_id", UUID.class))))
                .forEach(entry -> earlier.put(entry.getKey(), entry.getValue()));
        return earlier;
    }

    private static boolean isAway(RuntimeException failure) {
        return failure instanceof Refusal.Unavailable || failure instanceof CommitUnknown;
    }

    private static Throwable told(Throwable failure) {
        return failure instanceof TimeoutException || failure instanceof CommitUnknown
                ? new Refusal.Unavailable("Usage can't be written down for now.", Gathering.RETRY_AFTER)
                : failure;
    }

    @Override
    public Optional<UsageRow.Assembled> context(AgentKey agent, UsageId id) {
        return UsageRows.find(database, agent, id)
                .filter(UsageRow.Assembled.class::isInstance)
                .map(UsageRow.Assembled.class::cast);
    }

    @Override
    public Optional<UsageRow.Reported> report(AgentKey agent, UsageId id) {
        return UsageRows.find(database, agent, id)
                .filter(UsageRow.Reported.class::isInstance)
                .map(UsageRow.Reported.class::cast);
    }

    @Override
    public Optional<UsageRow.Assembled> latestContext(
            AgentKey agent, String subject, @Nullable String session, Instant from, Instant to) {
        return UsageRows.latestContext(database, agent, subject, session, from, to);
    }

    @Override
    public long warmHistory(UsageRow.Assembled context, Instant at) {
        return UsageRows.warmHistory(database, context, at);
    }

    @Override
    public UsageTotals totals(OrganizationId organization, UsageFilter filter) {
        return new UsageSql(database, organization, filter).totals();
    }

    @Override
    public List<UsagePart> parts(OrganizationId organization, UsageFilter filter, UsagePart.By by, int limit) {
        UsageSql sql = new UsageSql(database, organization, filter);
        return new ArrayList<>(by == UsagePart.By.SESSION ? sql.sessions(limit) : sql.parts(by, limit));
    }

    /** Refuses what waits, and lets end what is under way. */
    @Override
    public void close() {
        gathering.close();
    }
}
