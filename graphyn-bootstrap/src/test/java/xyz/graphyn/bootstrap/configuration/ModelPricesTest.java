package xyz.graphyn.bootstrap.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xyz.graphyn.domain.usage.ModelTable;
import xyz.graphyn.domain.usage.ModelTerms;
import xyz.graphyn.domain.usage.Price;
import xyz.graphyn.domain.usage.Weights;

class ModelPricesTest {
    private static final String TABLE = """
            {"large": {"currency": "EUR", "input": 2.5, "output": 10, "cacheRead": 0.5, "cacheWrite": 1, "window": 128000},
             "small": {"cacheRead": 0.25}}""";

    @Test
    void readsPricesWeightsAndWindows() {
        ModelTable models = ModelPrices.parse(TABLE);
        assertEquals(
                new ModelTerms(
                        new Weights(new BigDecimal("0.5"), BigDecimal.ONE),
                        new Price("EUR", new BigDecimal("2.5"), BigDecimal.TEN),
                        128_000L),
                models.of("large-2026"));
        ModelTerms small = models.of("small");
        assertEquals(new Weights(new BigDecimal("0.25"), new BigDecimal("1.25")), small.weights());
        assertNull(small.price());
    }

    @Test
    void takesTheTextOrThePathOfAFile(@TempDir Path directory) throws Exception {
        assertEquals(2, Kinds.models().parser().parse(TABLE).size());
        Path file = Files.writeString(directory.resolve("prices.json"), TABLE);
        assertEquals(2, Kinds.models().parser().parse(file.toString()).size());
        Kind.Unfit unfit = assertThrows(
                Kind.Unfit.class,
                () -> Kinds.models().parser().parse(directory.resolve("none").toString()));
        assertEquals("is neither JSON nor the path of a file with it.", unfit.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"m":{"input":1}}|needs
            {"m":{"currency":"eur","input":1,"output":1}}|three capital letters
            {"m":{"currency":"EUR","input":-1,"output":1}}|million tokens
            {"m":{"currency":"EUR","input":"1","output":1}}|"input" must be a number
            {"m":{"cacheRead":2}}|0 to 1
            {"m":{"window":0.5}}|whole number
            {"m":{"window":0}}|a window
            {"m":{"ouput":1}}|nothing is known of "ouput"
            {"m":7}|must be an object
            {"m":{},"m":{}}|no JSON
            {"m":{}} {}|no JSON
            []|must be an object
            {|no JSON""")
    void saysWhatIsWrong(String table, String why) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> ModelPrices.parse(table));
        assertTrue(String.valueOf(refused.getMessage()).contains(why), refused::getMessage);
    }
}
