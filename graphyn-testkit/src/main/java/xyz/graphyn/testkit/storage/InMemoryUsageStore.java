package xyz.graphyn.testkit.storage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.usage.UsageFilter;
import xyz.graphyn.application.usage.UsagePart;
import xyz.graphyn.application.usage.UsageStore;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.usage.UsageId;
import xyz.graphyn.domain.usage.UsageRow;
import xyz.graphyn.domain.usage.UsageTotals;

/** Adds the rows up whenever it is asked. Writes on threads of its own, since it joins no unit of work. */
record InMemoryUsageStore(InMemoryDatabase database) implements UsageStore {
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private static final Comparator<UsageRow> BY_TIME = Comparator.comparing(
                    (UsageRow row) -> row.origin().at())
            .thenComparing(row -> row.origin().id().toString());

    @Override
    public CompletableFuture<UsageId> write(UsageRow row) {
        return CompletableFuture.supplyAsync(
                () -> database.writeAlone(row.origin().agent().organization(), tables -> {
                    Optional<UsageRow> earlier = tables.usage.stream()
                            .filter(other ->
                                    other.origin().id().equals(row.origin().id()) || sameReport(other, row))
                            .findFirst();
                    if (earlier.isEmpty()) {
                        tables.usage.add(row);
                    }
                    return earlier.orElse(row).origin().id();
                }),
                THREADS);
    }

    private static boolean sameReport(UsageRow one, UsageRow other) {
        return one instanceof UsageRow.Reported first
                && other instanceof UsageRow.Reported second
                && first.externalId() != null
                && first.externalId().equals(second.externalId())
                && one.origin().agent().equals(other.origin().agent());
    }

    private List<UsageRow> rows() {
        return database.read(tables -> List.copyOf(tables.usage));
    }

    private <T extends UsageRow> Stream<T> rows(Class<T> type, AgentKey agent) {
        return rows().stream()
                .filter(row -> row.origin().agent().equals(agent) && !isPurged(agent))
                .filter(type::isInstance)
                .map(type::cast);
    }

    /** Rows go with their agent. */
    private boolean isPurged(AgentKey agent) {
        return database.read(tables -> !tables.agents.containsKey(agent) && !tables.removed.containsKey(agent));
    }

    @Override
    public Optional<UsageRow.Assembled> context(AgentKey agent, UsageId id) {
        return rows(UsageRow.Assembled.class, agent)
                .filter(row -> row.origin().id().equals(id))
                .findFirst();
    }

    @Override
    public Optional<UsageRow.Reported> report(AgentKey agent, UsageId id) {
        return rows(UsageRow.Reported.class, agent)
                .filter(row -> row.origin().id().equals(id))
                .findFirst();
    }

    @Override
    public Optional<UsageRow.Assembled> latestContext(
            AgentKey agent, String subject, @Nullable String session, Instant from, Instant to) {
        return rows(UsageRow.Assembled.class, agent)
                .filter(row -> row.origin().subject().equals(subject))
                .filter(row -> Objects.equals(row.origin().session(), session))
                .filter(row -> isWithin(row, from, to))
                .max(BY_TIME);
    }

    private static boolean isWithin(UsageRow row, Instant from, Instant to) {
        return !row.origin().at().isBefore(from) && !row.origin().at().isAfter(to);
    }

    @Override
    public long warmHistory(UsageRow.Assembled context, Instant at) {
        UsageRow.Origin origin = context.origin();
        boolean again = rows(UsageRow.Reported.class, origin.agent())
                .filter(row -> origin.id().equals(row.context()))
                .anyMatch(row -> isWithin(row, at.minus(CACHE_LIFE), at));
        if (again) {
            return context.usage().baselineTokens();
        }
        return rows(UsageRow.Assembled.class, origin.agent())
                .filter(row -> Objects.equals(row.origin().session(), origin.session()))
                .filter(row -> isWithin(row, origin.at().minus(CACHE_LIFE), origin.at()))
                .filter(row -> BY_TIME.compare(row, context) < 0)
                .max(BY_TIME)
                .map(row -> row.usage().baselineTokens())
                .orElse(0L);
    }

    private static LocalDate day(UsageRow row) {
        return LocalDate.ofInstant(row.origin().at(), ZoneOffset.UTC);
    }

    private Stream<UsageRow> ofSubject(OrganizationId organization, UsageFilter filter) {
        return rows().stream()
                .filter(row -> row.origin().agent().organization().equals(organization))
                .filter(row ->
                        filter.subject() == null || row.origin().subject().equals(filter.subject()))
                .filter(row ->
                        filter.agent() == null || row.origin().agent().agent().equals(filter.agent()));
    }

    private static boolean isOfTheDays(UsageRow row, UsageFilter filter) {
        return !day(row).isBefore(filter.from()) && day(row).isBefore(filter.to());
    }

    private Stream<UsageRow> ofDays(OrganizationId organization, UsageFilter filter) {
        return ofSubject(organization, filter)
                .filter(row -> isOfTheDays(row, filter))
                .filter(row -> filter.model() == null
                        || filter.model().equals(row.origin().model()));
    }

    @Override
    public UsageTotals totals(OrganizationId organization, UsageFilter filter) {
        return ofDays(organization, filter).map(UsageRow::adds).reduce(UsageTotals.NONE, UsageTotals::plus);
    }

    @Override
    public List<UsagePart> parts(OrganizationId organization, UsageFilter filter, UsagePart.By by, int limit) {
        return switch (by) {
            case DAY ->
                parts(ofDays(organization, filter), row -> day(row).toString(), by)
                        .sorted(Comparator.comparing(UsagePart::key))
                        .limit(limit)
                        .toList();
            case AGENT ->
                largest(
                        ofDays(organization, filter),
                        row -> row.origin().agent().agent().toString(),
                        by,
                        limit);
            case MODEL ->
                largest(
                        ofDays(organization, filter),
                        row -> Objects.requireNonNullElse(row.origin().model(), ""),
                        by,
                        limit);
            case SESSION -> sessions(organization, filter, limit);
        };
    }

    private static List<UsagePart> largest(
            Stream<UsageRow> rows, Function<UsageRow, String> key, UsagePart.By by, int limit) {
        return parts(rows, key, by)
                .sorted(Comparator.comparingLong(
                                (UsagePart part) -> part.totals().baselineTokens())
                        .reversed()
                        .thenComparing(UsagePart::key))
                .limit(limit)
                .toList();
    }

    private static Stream<UsagePart> parts(Stream<UsageRow> rows, Function<UsageRow, String> key, UsagePart.By by) {
        Map<String, UsageTotals> sums = new HashMap<>();
        Map<String, AgentId> agents = new HashMap<>();
        rows.forEach(row -> {
            sums.merge(key.apply(row), row.adds(), UsageTotals::plus);
            agents.put(key.apply(row), row.origin().agent().agent());
        });
        return sums.entrySet().stream()
                .map(sum -> new UsagePart(
                        sum.getKey(), by == UsagePart.By.AGENT ? agents.get(sum.getKey()) : null, sum.getValue()));
    }

    private record Session(AgentId agent, String session) {}

    private List<UsagePart> sessions(OrganizationId organization, UsageFilter filter, int limit) {
        Map<Session, UsageTotals> sums = new HashMap<>();
        Map<Session, UsageRow> latest = new HashMap<>();
        ofSubject(organization, filter).forEach(row -> {
            String session = row.origin().session();
            if (session != null && !isPurged(row.origin().agent())) {
                Session key = new Session(row.origin().agent().agent(), session);
                sums.merge(key, row.adds(), UsageTotals::plus);
                latest.merge(key, row, (one, other) -> BY_TIME.compare(one, other) >= 0 ? one : other);
            }
        });
        return latest.entrySet().stream()
                .filter(entry -> isOfTheDays(entry.getValue(), filter))
                .sorted(Comparator.comparing((Map.Entry<Session, UsageRow> entry) ->
                                entry.getValue().origin().at())
                        .reversed()
                        .thenComparing(entry -> entry.getKey().session()))
                .limit(limit)
                .map(entry -> new UsagePart(
                        entry.getKey().session(),
                        entry.getKey().agent(),
                        Objects.requireNonNull(sums.get(entry.getKey()))))
                .toList();
    }
}
