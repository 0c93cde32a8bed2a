package xyz.graphyn.adapter.recall.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraitsTest {
    private static boolean tellsTime(String text) {
        return (Traits.of(text, null).bits() & Traits.TELLS_TIME) != 0;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Yesterday it rained",
                "we met LAST WEEKEND.",
                "a couple of weeks in Rome",
                "after 12 days",
                "in the summer? no, next summer",
                "ago",
                "see you on friday",
                "born in 1987",
                "it was (July)",
                "for an hour",
                "the years went by, and one year more",
                "2019-05-01"
            })
    void seesThatATextTellsTime(String text) {
        assertEquals(true, tellsTime(text), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "the night train",
                "a birthday",
                "days without end",
                "room 2150",
                "19871",
                "year_1987x",
                "last train",
                "summer",
                "twelve days",
                "magog"
            })
    void seesThatATextTellsNone(String text) {
        assertEquals(false, tellsTime(text), text);
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void readsAMegabyteInMuchLessThanASecond() {
        String text = "The night train of the year leaves at ten in summer. ".repeat(19_000);
        long start = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            assertEquals(false, tellsTime(text));
        }
        Duration each = Duration.ofNanos((System.nanoTime() - start) / 10);
        assertEquals(true, each.toMillis() < 1_000, each.toString());
    }
}
