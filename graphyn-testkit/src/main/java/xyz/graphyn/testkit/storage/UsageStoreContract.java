package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.usage.UsageFilter;
import xyz.graphyn.application.usage.UsagePart;
import xyz.graphyn.application.usage.UsagePart.By;
import xyz.graphyn.application.usage.UsageStore;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.usage.Comparison;
import xyz.graphyn.domain.usage.ContextUsage;
import xyz.graphyn.domain.usage.Cost;
import xyz.graphyn.domain.usage.ReportedUsage;
import xyz.graphyn.domain.usage.UsageId;
import xyz.graphyn.domain.usage.UsageRow;
import xyz.graphyn.domain.usage.UsageTotals;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;

/** {@link UsageStore}: every row is in every sum that it belongs to, once. */
public interface UsageStoreContract extends StorageContract {
    LocalDate DAY = LocalDate.parse("2026-05-04");
    ContextUsage USAGE = new ContextUsage(1_000, 20_000, 4_000, "o200k_base", true);

    private UsageStore usage() {
        return storage().usage();
    }

    default UsageRow.Assembled assembled(
            AgentKey agent,
            Instant at,
            String subject,
            @Nullable String session,
            @Nullable String model,
            long baseline) {
        return new UsageRow.Assembled(
                new UsageRow.Origin(new UsageId(IDS.next()), at, agent, subject, session, model),
                new ContextUsage(1_000, baseline, 4_000, "o200k_base", true));
    }

    default UsageRow.Assembled assembled(AgentKey agent) {
        return assembled(agent, NOW, "ada", "chat", "model-large", 20_000);
    }

    default UsageRow.Reported reported(UsageRow.Assembled context, Instant at, @Nullable String externalId) {
        UsageRow.Origin of = context.origin();
        return new UsageRow.Reported(
                new UsageRow.Origin(new UsageId(IDS.next()), at, of.agent(), of.subject(), of.session(), "model-large"),
                externalId,
                new ReportedUsage(1_500, 5_000, 10, 200, true),
                of.id(),
                new Comparison(new BigDecimal("2012.5"), new BigDecimal("21000"), new BigDecimal("26000.125")),
                new Cost(new BigDecimal("0.00825"), "EUR"));
    }

    private UsageId write(UsageRow row) {
        return usage().write(row).join();
    }

    private static UsageFilter all() {
        return new UsageFilter(null, DAY, DAY.plusDays(1), null, null);
    }

    private static UsageTotals sum(Stream<? extends UsageRow> rows) {
        return rows.map(UsageRow::adds).reduce(UsageTotals.NONE, UsageTotals::plus);
    }

    private List<String> keys(OrganizationId organization, UsageFilter filter, By by) {
        return usage().parts(organization, filter, by, 100).stream()
                .map(UsagePart::key)
                .toList();
    }

    @Test
    default void keepsARowWhenItsFutureCompletes() {
        AgentKey agent = newAgent();
        UsageRow.Assembled context = assembled(agent);
        assertEquals(context.origin().id(), write(context));
        assertEquals(
                Optional.of(context), usage().context(agent, context.origin().id()));
        UsageRow.Reported report = reported(context, NOW.plusSeconds(2), Samples.NASTY_TEXT.strip());
        assertEquals(report.origin().id(), write(report));
        assertEquals(Optional.of(report), usage().report(agent, report.origin().id()));
        assertEquals(sum(Stream.of(context, report)), usage().totals(agent.organization(), all()));
    }

    @Test
    default void keepsWhatSaysAsLittleAsPossible() {
        AgentKey agent = newAgent();
        UsageRow.Origin origin = new UsageRow.Origin(new UsageId(IDS.next()), NOW, agent, "ada", null, null);
        UsageRow.Reported report =
                new UsageRow.Reported(origin, null, new ReportedUsage(0, 0, 0, 0, false), null, null, null);
        write(report);
        assertEquals(Optional.of(report), usage().report(agent, origin.id()));
        assertEquals(Optional.empty(), usage().context(agent, origin.id()));
        assertEquals(sum(Stream.of(report)), usage().totals(agent.organization(), all()));
        assertEquals(List.of(), keys(agent.organization(), all(), By.SESSION));
        assertEquals(List.of(""), keys(agent.organization(), all(), By.MODEL));
    }

    @Test
    default void addsAReportOfTheSameExternalIdOnce() {
        AgentKey agent = newAgent();
        UsageRow.Assembled context = assembled(agent);
        write(context);
        UsageRow.Reported first = reported(context, NOW, "call-1");
        write(first);
        assertEquals(first.origin().id(), write(reported(context, NOW.plusSeconds(1), "call-1")));
        UsageRow.Reported other = reported(context, NOW, "call-2");
        assertEquals(other.origin().id(), write(other));
        assertEquals(sum(Stream.of(context, first, other)), usage().totals(agent.organization(), all()));
        UsageRow.Assembled elsewhere = assembled(newAgent());
        UsageRow.Reported ofAnother = reported(elsewhere, NOW, "call-1");
        assertEquals(ofAnother.origin().id(), write(ofAnother));
    }

    @Test
    default void addsARowOnceThoughItIsWrittenTwice() {
        AgentKey agent = newAgent();
        UsageRow.Assembled context = assembled(agent);
        assertEquals(write(context), write(context));
        assertEquals(sum(Stream.of(context)), usage().totals(agent.organization(), all()));
    }

    @Test
    default void addsUpEachOfManyRowsOfManyOrganizationsOnce() {
        List<AgentKey> agents = Stream.generate(this::newAgent).limit(4).toList();
        List<List<UsageRow>> written = Concurrently.run(8, i -> {
            Random random = new Random(i);
            List<UsageRow> rows = IntStream.range(0, 25)
                    .<UsageRow>mapToObj(n -> {
                        UsageRow.Assembled context = assembled(
                                agents.get(random.nextInt(agents.size())),
                                NOW,
                                "user-" + random.nextInt(3),
                                random.nextBoolean() ? "chat-" + random.nextInt(3) : null,
                                random.nextBoolean() ? "model-" + random.nextInt(3) : null,
                                random.nextInt(10_000));
                        return random.nextBoolean() ? context : reported(context, NOW, "call-" + i + "-" + n);
                    })
                    .toList();
            rows.stream().map(usage()::write).toList().forEach(row -> row.join());
            return rows;
        });
        List<UsageRow> all = written.stream().flatMap(List::stream).toList();
        for (AgentKey agent : agents) {
            List<UsageRow> own = all.stream()
                    .filter(row -> row.origin().agent().equals(agent))
                    .toList();
            OrganizationId organization = agent.organization();
            assertEquals(sum(own.stream()), usage().totals(organization, all()));
            assertEquals(
                    sum(own.stream().filter(row -> row.origin().subject().equals("user-1"))),
                    usage().totals(organization, new UsageFilter("user-1", DAY, DAY.plusDays(1), null, null)));
            for (By by : By.values()) {
                UsageTotals parts = usage().parts(organization, all(), by, 100).stream()
                        .map(UsagePart::totals)
                        .reduce(UsageTotals.NONE, UsageTotals::plus);
                assertEquals(
                        sum(own.stream()
                                .filter(row -> by != By.SESSION || row.origin().session() != null)),
                        parts,
                        by.name());
            }
        }
    }

    @Test
    default void sumsUpWholeDays() {
        AgentKey agent = newAgent();
        Instant midnight = Instant.parse("2026-05-04T00:00:00Z");
        List<UsageRow.Assembled> rows = Stream.of(
                        midnight.minusNanos(1_000),
                        midnight,
                        midnight.plus(Duration.ofDays(1)).minusNanos(1_000),
                        midnight.plus(Duration.ofDays(1)))
                .map(at -> assembled(agent, at, "ada", null, null, 100))
                .toList();
        rows.forEach(this::write);
        OrganizationId organization = agent.organization();
        assertEquals(2, usage().totals(organization, all()).requests());
        assertEquals(
                List.of("2026-05-03", "2026-05-04", "2026-05-05"),
                keys(organization, new UsageFilter(null, DAY.minusDays(9), DAY.plusDays(9), null, null), By.DAY));
        assertEquals(
                UsageTotals.NONE,
                usage().totals(organization, new UsageFilter(null, DAY.plusDays(2), DAY.plusDays(3), null, null)));
    }

    @Test
    default void leavesWhatAFilterNames() {
        AgentKey agent = newAgent();
        AgentKey other =
                newAgent(agent.organization(), Samples.profile("other")).key();
        List<UsageRow.Assembled> rows = List.of(
                assembled(agent, NOW, "ada", null, "model-large", 100),
                assembled(agent, NOW, "grace", null, "model-small", 200),
                assembled(other, NOW, "ada", null, "model-small", 400));
        rows.forEach(this::write);
        OrganizationId organization = agent.organization();
        LocalDate next = DAY.plusDays(1);
        assertEquals(
                300,
                usage().totals(organization, new UsageFilter(null, DAY, next, agent.agent(), null))
                        .baselineTokens());
        assertEquals(
                600,
                usage().totals(organization, new UsageFilter(null, DAY, next, null, "model-small"))
                        .baselineTokens());
        assertEquals(
                400,
                usage().totals(organization, new UsageFilter("ada", DAY, next, other.agent(), "model-small"))
                        .baselineTokens());
        assertEquals(UsageTotals.NONE, usage().totals(organization, new UsageFilter("ada", DAY, next, null, "model")));
        assertEquals(List.of("model-small", "model-large"), keys(organization, all(), By.MODEL));
        assertEquals(List.of(other.agent().toString(), agent.agent().toString()), keys(organization, all(), By.AGENT));
        assertEquals(
                List.of(other.agent(), agent.agent()),
                usage().parts(organization, all(), By.AGENT, 100).stream()
                        .map(UsagePart::agent)
                        .toList());
        assertEquals(1, usage().parts(organization, all(), By.AGENT, 1).size());
    }

    @Test
    default void tellsSessionsLatestFirst() {
        AgentKey agent = newAgent();
        AgentKey other =
                newAgent(agent.organization(), Samples.profile("other")).key();
        write(assembled(agent, NOW, "ada", "chat-1", "model-a", 100));
        write(assembled(agent, NOW.plusSeconds(1), "ada", "chat-2", "model-a", 100));
        write(assembled(agent, NOW.plusSeconds(2), "grace", "chat-1", "model-b", 300));
        write(assembled(other, NOW.plusSeconds(1), "ada", "chat-1", "model-a", 500));
        write(assembled(agent, NOW.minus(Duration.ofDays(1)), "ada", "chat-1", "model-a", 1_000));
        write(assembled(agent, NOW.minus(Duration.ofDays(1)), "ada", "chat-0", "model-a", 1_000));
        List<UsagePart> parts = usage().parts(agent.organization(), all(), By.SESSION, 100);
        assertEquals(
                List.of("chat-1", "chat-1", "chat-2"),
                parts.stream().map(UsagePart::key).toList());
        assertEquals(
                List.of(agent.agent(), other.agent(), agent.agent()),
                parts.stream().map(UsagePart::agent).toList());
        assertEquals(1_400, parts.getFirst().totals().baselineTokens(), "with what it had before these days");
        UsageFilter own = new UsageFilter("ada", DAY, DAY.plusDays(1), agent.agent(), null);
        assertEquals(List.of("chat-2", "chat-1"), keys(agent.organization(), own, By.SESSION));
    }

    @Test
    default void mixesNoCurrencies() {
        AgentKey agent = newAgent();
        UsageRow.Assembled context = assembled(agent);
        write(reported(context, NOW, null));
        UsageRow.Reported euros = reported(context, NOW, null);
        UsageRow.Reported dollars = new UsageRow.Reported(
                euros.origin(),
                null,
                euros.usage(),
                euros.context(),
                euros.comparison(),
                new Cost(BigDecimal.ONE, "USD"));
        write(dollars);
        Cost cost = usage().totals(agent.organization(), all()).cost();
        assertEquals(Cost.MIXED, Optional.ofNullable(cost).map(Cost::currency).orElse(null));
        assertEquals(
                Cost.MIXED,
                Optional.ofNullable(usage().parts(agent.organization(), all(), By.SESSION, 1)
                                .getFirst()
                                .totals()
                                .cost())
                        .map(Cost::currency)
                        .orElse(null));
    }

    @Test
    default void findsTheLatestContextOfTheSameSessionAndSubject() {
        AgentKey agent = newAgent();
        UsageRow.Assembled first = assembled(agent, NOW, "ada", "chat", null, 100);
        UsageRow.Assembled second = assembled(agent, NOW.plusSeconds(10), "ada", "chat", null, 200);
        UsageRow.Assembled without = assembled(agent, NOW.plusSeconds(10), "ada", null, null, 300);
        write(first);
        write(second);
        write(without);
        write(assembled(agent, NOW.plusSeconds(20), "grace", "chat", null, 400));
        write(reported(second, NOW.plusSeconds(11), null));
        Instant from = NOW.minusSeconds(60);
        Instant to = NOW.plusSeconds(60);
        assertEquals(Optional.of(second), usage().latestContext(agent, "ada", "chat", from, to));
        assertEquals(Optional.of(first), usage().latestContext(agent, "ada", "chat", from, NOW));
        assertEquals(Optional.of(first), usage().latestContext(agent, "ada", "chat", NOW, NOW));
        assertEquals(Optional.of(without), usage().latestContext(agent, "ada", null, from, to));
        assertEquals(Optional.empty(), usage().latestContext(agent, "ada", "chat-2", from, to));
        assertEquals(Optional.empty(), usage().latestContext(agent, "ada", "chat", from, NOW.minusNanos(1_000)));
        assertEquals(Optional.empty(), usage().latestContext(newAgent(), "ada", "chat", from, to));
    }

    @Test
    default void knowsHowMuchOfTheHistoryACacheWouldHave() {
        AgentKey agent = newAgent();
        UsageRow.Assembled before = assembled(agent, NOW, "ada", "chat", null, 100);
        UsageRow.Assembled next = assembled(agent, NOW.plus(UsageStore.CACHE_LIFE), "grace", "chat", null, 200);
        UsageRow.Assembled late = assembled(
                agent, next.origin().at().plus(UsageStore.CACHE_LIFE).plusNanos(1_000), "ada", "chat", null, 300);
        UsageRow.Assembled apart = assembled(agent, NOW.plusSeconds(1), "ada", null, null, 400);
        Stream.of(before, next, late, apart).forEach(this::write);
        assertEquals(0, usage().warmHistory(before, before.origin().at()));
        assertEquals(100, usage().warmHistory(next, next.origin().at()));
        assertEquals(0, usage().warmHistory(late, late.origin().at()));
        assertEquals(0, usage().warmHistory(apart, apart.origin().at()));
        Instant called = late.origin().at().plusSeconds(1);
        write(reported(late, called, null));
        assertEquals(300, usage().warmHistory(late, called.plus(UsageStore.CACHE_LIFE)));
        assertEquals(
                0, usage().warmHistory(late, called.plus(UsageStore.CACHE_LIFE).plusNanos(1_000)));
    }

    @Test
    default void showsNothingOfAnotherOrganization() {
        AgentKey agent = newAgent();
        UsageRow.Assembled context = assembled(agent);
        write(context);
        OrganizationId other = newOrganization();
        assertNotEquals(other, agent.organization());
        assertEquals(UsageTotals.NONE, usage().totals(other, all()));
        for (By by : By.values()) {
            assertEquals(List.of(), usage().parts(other, all(), by, 10));
        }
        assertEquals(
                Optional.empty(),
                usage().context(
                                new AgentKey(other, agent.agent()),
                                context.origin().id()));
    }

    @Test
    default void keepsTheSumsByDayOfAnAgentThatIsPurged() {
        AgentKey agent = newAgent();
        UsageRow.Assembled context = assembled(agent);
        UsageRow.Reported report = reported(context, NOW, "call-1");
        write(context);
        write(report);
        storage()
                .unitOfWork()
                .run(agent.organization(), () -> storage().agents().remove(agent));
        boolean more;
        do {
            more = storage().removedAgents().purge(1);
        } while (more);
        assertEquals(Optional.empty(), usage().context(agent, context.origin().id()));
        assertEquals(Optional.empty(), usage().report(agent, report.origin().id()));
        assertEquals(List.of(), keys(agent.organization(), all(), By.SESSION));
        assertEquals(sum(Stream.of(context, report)), usage().totals(agent.organization(), all()));
    }
}
