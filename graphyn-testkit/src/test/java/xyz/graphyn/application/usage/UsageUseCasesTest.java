package xyz.graphyn.application.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.UseCases;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.recall.ContextRequest;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.usage.ReportedUsage;
import xyz.graphyn.domain.usage.UsageId;
import xyz.graphyn.domain.usage.UsageTotals;
import xyz.graphyn.domain.validation.Invalid;
import xyz.graphyn.testkit.Samples;

class UsageUseCasesTest {
    private static final ReportedUsage USED = new ReportedUsage(1_500, 0, 0, 200, true);

    private final UseCases graphyn = new UseCases();
    private final AgentId agent = graphyn.manageAgents
            .create(graphyn.ada, Samples.profile("Ada's"))
            .value()
            .id();

    private UsageId context(Caller caller, @Nullable String session) {
        ContextRequest request = new ContextRequest(
                "anything", 100, null, session, List.of(), List.of(), List.of(), 0, null, null, null, null);
        return Objects.requireNonNull(
                graphyn.assembleContext.assemble(caller, agent, request).value().metered());
    }

    private static UsageReport report(
            @Nullable String session, @Nullable UsageId context, @Nullable Instant at, @Nullable String externalId) {
        return new UsageReport("model-large", USED, session, context, at, externalId);
    }

    private ReportUsage.Outcome report(@Nullable String session, @Nullable UsageId context) {
        return graphyn.reportUsage.report(graphyn.ada, agent, report(session, context, null, null));
    }

    private UsageTotals totals(Caller caller) {
        return ask(caller, UsagePart.By.DAY).totals();
    }

    private UsageQueries.Answer ask(Caller caller, UsagePart.By by) {
        return graphyn.usageQueries
                .ask(caller, new UsageQueries.Question(null, null, null, null, by))
                .value();
    }

    @Test
    void comparesAReportWithTheContextThatItNames() {
        UsageId first = context(graphyn.ada, "chat");
        context(graphyn.ada, "chat");
        ReportUsage.Outcome outcome = report(null, first);
        assertTrue(outcome.created());
        assertEquals(first, outcome.report().context());
        assertEquals("chat", outcome.report().origin().session());
        assertEquals(1, totals(graphyn.ada).comparedReports());
    }

    @Test
    void takesTheLatestContextOfTheSessionWhereNoneIsNamed() {
        context(graphyn.ada, "other");
        UsageId latest = context(graphyn.ada, "chat");
        graphyn.clock.advance(Duration.ofSeconds(30));
        assertEquals(latest, report("chat", null).report().context());
        graphyn.clock.advance(UsageStore.CACHE_LIFE.plusSeconds(1));
        assertNull(report("chat", null).report().context(), "that was another prompt");
    }

    @Test
    void answersAReportThatIsSentAgainWithTheFirst() {
        UsageReport same = report(null, null, null, "call-1");
        ReportUsage.Outcome first = graphyn.reportUsage.report(graphyn.ada, agent, same);
        ReportUsage.Outcome again = graphyn.reportUsage.report(graphyn.ada, agent, same);
        assertTrue(first.created());
        assertFalse(again.created());
        assertEquals(first.report(), again.report());
        assertEquals(1, totals(graphyn.ada).reports());
    }

    @Test
    void refusesWhatCanNotBeTrue() {
        Instant tomorrow = graphyn.clock.instant().plus(Duration.ofDays(1));
        assertEquals(
                "/occurredAt",
                assertThrows(
                                Invalid.class,
                                () -> graphyn.reportUsage.report(
                                        graphyn.ada, agent, report(null, null, tomorrow, null)))
                        .violations()
                        .getFirst()
                        .pointer());
        UsageId unknown = new UsageId(new java.util.UUID(0, 99));
        assertThrows(Invalid.class, () -> report(null, unknown));
        assertThrows(
                Refusal.NotAllowed.class,
                () -> graphyn.reportUsage.report(graphyn.vera, agent, report(null, null, null, null)));
        assertThrows(
                Refusal.NotFound.class,
                () -> graphyn.reportUsage.report(graphyn.stranger, agent, report(null, null, null, null)));
    }

    @Test
    void tellsEveryoneTheirOwnAndAdminsAll() {
        context(graphyn.ada, null);
        context(graphyn.vera, null);
        context(graphyn.vera, null);
        assertEquals(3, totals(graphyn.ada).requests());
        assertEquals(2, totals(graphyn.vera).requests());
        assertEquals(0, totals(graphyn.max).requests());
        assertEquals(0, totals(graphyn.stranger).requests());
    }

    @Test
    void addsUpBySessionAndHidesNamesThatAreSensitive() {
        context(graphyn.vera, "chat");
        context(graphyn.vera, "with ada@example.com");
        context(graphyn.vera, null);
        UsageQueries.Answer answer = ask(graphyn.vera, UsagePart.By.SESSION);
        assertEquals(
                List.of("chat", "with [EMAIL]"),
                answer.series().stream().map(UsagePart::key).sorted().toList());
        assertEquals(3, answer.totals().requests(), "what has no session is in the sum");
    }

    @Test
    void asksForNoMoreThanAYear() {
        Instant now = graphyn.clock.instant();
        UsageQueries.Question longer = new UsageQueries.Question(
                now.minus(Duration.ofDays(UsageQueries.MAX_DAYS + 1L)), now, null, null, UsagePart.By.DAY);
        UsageQueries.Question none =
                new UsageQueries.Question(now.plus(Duration.ofDays(2)), now, null, null, UsagePart.By.DAY);
        UsageQueries.Question both = new UsageQueries.Question(null, null, null, "m", UsagePart.By.SESSION);
        for (UsageQueries.Question wrong : List.of(longer, none, both)) {
            assertThrows(Invalid.class, () -> graphyn.usageQueries.ask(graphyn.ada, wrong));
        }
    }
}
