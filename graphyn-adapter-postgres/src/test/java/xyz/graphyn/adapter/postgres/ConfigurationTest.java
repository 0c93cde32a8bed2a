package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    private static final String URL = "jdbc:postgresql://db.example/graphyn";
    private static final Credentials APP = new Credentials("app", "hunter2");

    @Test
    void printsNoPassword() {
        String printed = PostgresConfiguration.of(URL + "?ssl=true&password=hunter2", APP)
                .toString();
        assertFalse(printed.contains("hunter2"), printed);
        assertTrue(printed.contains("user=app"), printed);
        assertTrue(printed.contains("db.example/graphyn"), printed);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2000, 10000",
        "501, 2000, 10000",
        "10, 249, 10000",
        "10, 30001, 10000",
        "10, 2000, 99",
        "10, 2000, 300001"
    })
    void refusesWhatIsOutOfBounds(int poolSize, long connectionMillis, long statementMillis) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new PostgresConfiguration(
                        URL, APP, poolSize, Duration.ofMillis(connectionMillis), Duration.ofMillis(statementMillis)));
    }

    @Test
    void refusesAnotherDatabase() {
        assertThrows(IllegalArgumentException.class, () -> PostgresConfiguration.of("jdbc:h2:mem:", APP));
    }
}
