package xyz.graphyn.domain.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;

class UsageTotalsTest {
    private static final UsageRow.Origin ORIGIN = new UsageRow.Origin(
            new UsageId(new UUID(1, 1)),
            Instant.parse("2026-05-04T10:00:00Z"),
            new AgentKey(new OrganizationId(new UUID(1, 2)), new AgentId(new UUID(1, 3))),
            "ada",
            "chat-17",
            "model-large");
    private static final UsageRow.Assembled CONTEXT =
            new UsageRow.Assembled(ORIGIN, new ContextUsage(1_000, 20_000, 4_000, "o200k_base", true));

    private static UsageRow.Reported report(Comparison comparison, Cost cost) {
        return new UsageRow.Reported(
                ORIGIN, null, new ReportedUsage(1_500, 0, 0, 200, true), ORIGIN.id(), comparison, cost);
    }

    private static UsageTotals sum(UsageRow... rows) {
        return Stream.of(rows).map(UsageRow::adds).reduce(UsageTotals.NONE, UsageTotals::plus);
    }

    @Test
    void weighsRequestsByTheirTokens() {
        UsageRow small = new UsageRow.Assembled(ORIGIN, new ContextUsage(100, 100, 100, "estimate", false));
        UsageTotals sum = sum(CONTEXT, small);
        assertEquals(2, sum.requests());
        assertEquals(1, sum.estimatedRequests());
        assertEquals(19_000, sum.savedTokens());
        assertEquals(1 - 1_100.0 / 20_100, sum.tokenSaving());
        assertEquals(1 - 1_100.0 / 4_100, sum.windowSaving());
    }

    @Test
    void countsTheTokensOfAContextOnceHoweverOftenItIsReported() {
        Comparison comparison =
                new Comparison(BigDecimal.valueOf(1_500), BigDecimal.valueOf(20_500), BigDecimal.valueOf(25_500));
        Cost cost = new Cost(new BigDecimal("0.002"), "EUR");
        UsageTotals sum = sum(CONTEXT, report(comparison, cost), report(comparison, cost));
        assertEquals(1, sum.requests());
        assertEquals(20_000, sum.baselineTokens());
        assertEquals(2, sum.reports());
        assertEquals(2, sum.comparedReports());
        assertEquals(new Cost(new BigDecimal("0.004"), "EUR"), sum.cost());
        assertEquals(1 - 1_500.0 / 20_500, sum.netCostSaving().orElseThrow(), 1e-12);
    }

    @Test
    void saysNothingWhereNothingIsKnown() {
        for (UsageTotals of : List.of(UsageTotals.NONE, sum(CONTEXT))) {
            assertEquals(OptionalDouble.empty(), of.netCostSaving());
            assertNull(of.cost());
        }
        assertEquals(0, UsageTotals.NONE.tokenSaving());
        assertEquals(0, UsageTotals.NONE.windowSaving());
    }

    @Test
    void showsWhatIsLost() {
        UsageTotals lost = sum(new UsageRow.Assembled(ORIGIN, new ContextUsage(120, 100, 60, "o200k_base", true)));
        assertEquals(-20, lost.savedTokens());
        assertEquals(-0.2, lost.tokenSaving(), 1e-12);
        assertEquals(-1, lost.windowSaving());
    }
}
