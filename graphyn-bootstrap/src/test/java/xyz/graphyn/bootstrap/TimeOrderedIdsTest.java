package xyz.graphyn.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.TestClock;

class TimeOrderedIdsTest {
    private final TestClock clock = new TestClock();
    private final TimeOrderedIds ids = new TimeOrderedIds(clock);

    private void assertIncreasing(UUID before, UUID after) {
        assertTrue(before.toString().compareTo(after.toString()) < 0, before + " before " + after);
    }

    @Test
    void carriesVersionAndTime() {
        UUID id = ids.next();
        assertEquals(7, id.version());
        assertEquals(2, id.variant());
        assertEquals(clock.millis(), id.getMostSignificantBits() >>> 16);
    }

    @Test
    void goesUpWhateverTheClockDoes() {
        UUID last = ids.next();
        for (int millis : new int[] {0, 0, 1, -5_000, 0, 4_000, 2_000}) {
            clock.advance(Duration.ofMillis(millis));
            UUID next = ids.next();
            assertIncreasing(last, next);
            last = next;
        }
    }

    @Test
    void isNeverTheSameForTwo() {
        List<List<UUID>> made = Concurrently.run(
                8, i -> IntStream.range(0, 10_000).mapToObj(n -> ids.next()).toList());
        Set<UUID> distinct = new HashSet<>();
        made.forEach(distinct::addAll);
        assertEquals(80_000, distinct.size());
        made.forEach(one -> IntStream.range(1, one.size()).forEach(i -> assertIncreasing(one.get(i - 1), one.get(i))));
    }
}
