package xyz.graphyn.domain.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples are those of docs/savings.md. */
class ComparisonTest {
    private static final Weights USUAL = Weights.USUAL;

    private static ReportedUsage call(long uncached, long read, long written) {
        return new ReportedUsage(uncached, read, written, 100, true);
    }

    private static ContextUsage context(long sent, long history) {
        return new ContextUsage(sent, history, history / 5, "o200k_base", true);
    }

    private static Comparison comparison(String actual, String full, String cached) {
        return new Comparison(new BigDecimal(actual), new BigDecimal(full), new BigDecimal(cached));
    }

    @ParameterizedTest
    @CsvSource({
        // A long history, and no cache in use.
        "1500, 0, 0, 1000, 20000, 0, 1500, 20500, 25500, 0.9268",
        // The system prompt and the tools come from the cache, with memory and without.
        "1500, 5000, 0, 1000, 20000, 0, 2000, 21000, 26000, 0.9048",
        // A warm cache over a long history.
        "2300, 0, 0, 2000, 100000, 99800, 2300, 100300, 10530, 0.7816",
        // A warm cache over a short history: memory does not pay.
        "1200, 0, 0, 1000, 3000, 2900, 1200, 3200, 615, -0.9512",
        // The context itself was read from the cache: the history would have been, as far.
        "200, 1000, 0, 1000, 3000, 0, 300, 3020, 2850, 0.8947",
    })
    void comparesWithBothOthers(
            long uncached,
            long read,
            long written,
            long sent,
            long history,
            long warm,
            String actual,
            String full,
            String cached,
            double saving) {
        Comparison compared = Comparison.of(call(uncached, read, written), USUAL, context(sent, history), warm);
        assertEquals(comparison(actual, full, cached), compared);
        assertEquals(saving, compared.saving().orElseThrow(), 0.00005);
    }

    @Test
    void takesTheHistoryForShorterWhereThePromptIsShorterThanTheContextAsCounted() {
        assertEquals(
                comparison("900", "9000", "11250"), Comparison.of(call(900, 0, 0), USUAL, context(1_000, 10_000), 0));
    }

    @Test
    void asksNothingForWritesThatHaveNoPrice() {
        ReportedUsage call = new ReportedUsage(1_500, 0, 0, 100, false);
        assertEquals(comparison("1500", "20500", "11500"), Comparison.of(call, USUAL, context(1_000, 20_000), 10_000));
    }

    @Test
    void addsUpCostsAndNotShares() {
        Comparison good = comparison("100", "1000", "2000");
        Comparison bad = comparison("900", "1000", "500");
        assertEquals(comparison("1000", "2000", "2500"), good.plus(bad));
        assertEquals(0.5, good.plus(bad).saving().orElseThrow());
    }

    @Test
    void knowsNoSavingOfNothing() {
        assertEquals(OptionalDouble.empty(), Comparison.NONE.saving());
        assertEquals(
                OptionalDouble.empty(),
                Comparison.of(call(0, 0, 0), USUAL, context(10, 100), 0).saving());
    }

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neverOverstatesWhatIsNotKnown(long seed) {
        Random random = new Random(seed);
        ReportedUsage call = call(random.nextInt(5_000), random.nextInt(5_000), random.nextInt(2_000));
        ContextUsage context = context(random.nextInt(4_000), random.nextInt(50_000));
        long warm = random.nextInt(60_000);
        Comparison compared = Comparison.of(call, USUAL, context, warm);
        BigDecimal all = BigDecimal.valueOf(call.prompt() + context.baselineTokens());
        assertTrue(compared.full().compareTo(all) <= 0 || call.cacheWrite() > 0, "at most all of it at full price");
        assertTrue(compared.saving().orElse(0) <= 1);
        Comparison warmer = Comparison.of(call, USUAL, context, warm + random.nextInt(1_000));
        assertTrue(warmer.cached().compareTo(compared.cached()) <= 0, "a warmer cache makes the other side cheaper");
        ContextUsage longer = context(context.contextTokens(), context.baselineTokens() + 1_000);
        Comparison more = Comparison.of(call, USUAL, longer, warm);
        assertTrue(more.full().compareTo(compared.full()) >= 0, "a longer history is no cheaper");
        assertEquals(compared.actual(), more.actual());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void savesNothingWhereTheContextIsTheHistory(long seed) {
        Random random = new Random(seed);
        long history = random.nextInt(10_000);
        ReportedUsage call = call(history + random.nextInt(3_000), 0, 0);
        double saving = Comparison.of(call, USUAL, context(history, history), random.nextInt(12_000))
                .saving()
                .orElse(0);
        assertTrue(saving <= 0, () -> "saved " + saving);
    }
}
