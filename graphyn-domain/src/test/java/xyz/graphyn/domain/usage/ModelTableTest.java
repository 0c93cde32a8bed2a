package xyz.graphyn.domain.usage;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import xyz.graphyn.domain.validation.Invalid;

class ModelTableTest {
    private static final ModelTerms ALL = terms("1", "2");
    private static final ModelTerms FAMILY = terms("3", "4");
    private static final ModelTerms ONE = terms("2.5", "10");

    private static ModelTerms terms(String input, String output) {
        return new ModelTerms(Weights.USUAL, new Price("EUR", new BigDecimal(input), new BigDecimal(output)), 128_000L);
    }

    @Test
    void takesTheLongestBeginning() {
        ModelTable table = new ModelTable(Map.of("model-", FAMILY, "model-large", ONE));
        assertSame(ONE, table.of("model-large-2026"));
        assertSame(FAMILY, table.of("model-larg"));
        assertSame(FAMILY, table.of("model-"));
        assertSame(ModelTerms.UNKNOWN, table.of("model"));
        assertSame(ModelTerms.UNKNOWN, table.of(null));
    }

    @Test
    void takesTheEmptyBeginningForAllOthers() {
        ModelTable table = new ModelTable(Map.of("", ALL, "model-", FAMILY));
        assertSame(ALL, table.of("another"));
        assertSame(ALL, table.of(null));
        assertSame(FAMILY, table.of("model-large"));
    }

    @Test
    void pricesTheWholeCall() {
        ReportedUsage call = new ReportedUsage(1_500, 5_000, 400, 200, true);
        // 1,500 + 500 + 500 of the prompt at 2.50, and 200 of the answer at 10, each for a million.
        assertEquals(new Cost(new BigDecimal("0.00825"), "EUR"), requireNonNull(ONE.cost(call)));
        assertNull(ModelTerms.UNKNOWN.cost(call));
    }

    @Test
    void addsUpNoCurrencies() {
        Cost euros = new Cost(BigDecimal.ONE, "EUR");
        assertEquals(new Cost(new BigDecimal("2.00"), "EUR"), euros.plus(euros));
        assertEquals(Cost.MIXED, euros.plus(new Cost(BigDecimal.ONE, "USD")).currency());
    }

    @Test
    void countsNoMoreOfTheHistoryThanTheModelWouldHaveRead() {
        ContextUsage usage = new ContextUsage(1_000, 500_000, 4_000, "o200k_base", true);
        assertEquals(new ContextUsage(1_000, 128_000, 4_000, "o200k_base", true), ONE.withinWindow(usage));
        assertSame(usage, ModelTerms.UNKNOWN.withinWindow(usage));
    }

    @Test
    void refusesWhatNoModelCosts() {
        BigDecimal one = BigDecimal.ONE;
        assertThrows(IllegalArgumentException.class, () -> new Price("eur", one, one));
        assertThrows(IllegalArgumentException.class, () -> new Price(Cost.MIXED, one, one));
        assertThrows(IllegalArgumentException.class, () -> new Price("EUR", one.negate(), one));
        assertThrows(IllegalArgumentException.class, () -> new Price("EUR", one, new BigDecimal("1000000.1")));
        assertThrows(IllegalArgumentException.class, () -> new Weights(new BigDecimal("1.1"), one));
        assertThrows(IllegalArgumentException.class, () -> new Weights(one, one.negate()));
        assertThrows(IllegalArgumentException.class, () -> new ModelTerms(Weights.USUAL, null, 0L));
    }

    @Test
    void refusesImpossibleNumbers() {
        assertThrows(Invalid.class, () -> new ReportedUsage(-1, 0, 0, 0, true));
        assertThrows(Invalid.class, () -> new ReportedUsage(0, 0, 0, ReportedUsage.MAX_TOKENS + 1, true));
    }
}
