package xyz.graphyn.domain.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameWordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            I would never take a plane. | i would NEVER, take a  plane
            Das Café in Graz ist schön | das cafe in graz ist schon!
            Please remind me of my mother's birthday | please remind me: of my mother\u2019s birthday
            """)
    void areTheSameWithoutCaseAccentsAndMarks(String one, String other) {
        assertTrue(SameWords.of(one).isPresent());
        assertEquals(SameWords.of(one), SameWords.of(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            My budget for it is 500 euros | My budget for it is 600 euros
            It costs $5 at the door | It costs €5 at the door
            It was -5 degrees in the night | It was 5 degrees in the night
            We meet at the station tomorrow | We meet at the station tomorrow?
            The fee is 3.5 percent a year | The fee is 35 percent a year
            I would take a plane again | I would not take a plane again
            """)
    void areOthersWhereTheMeaningIs(String one, String other) {
        assertNotEquals(SameWords.of(one), SameWords.of(other));
        assertFalse(SameWords.nearly(one, other));
    }

    @Test
    void saysNothingOfAFewWords() {
        assertEquals(Optional.empty(), SameWords.of("Yes, please do."));
        assertFalse(SameWords.nearly("Yes, please do.", "Yes, please do."));
        assertTrue(SameWords.of("私は東京に住む").isPresent());
    }

    @Test
    void areNearlyTheSameButForAWordOrTwo() {
        assertTrue(SameWords.nearly(
                "I really love to hike in the mountains with my two dogs on weekends",
                "I love to hike in the mountains with my two dogs on weekends"));
        assertFalse(SameWords.nearly(
                "I love to hike in the mountains with my dogs", "I love to swim in the lakes with my friends"));
        assertFalse(SameWords.nearly(
                "I will go to hike in the mountains with my dogs on weekends",
                "I won't go to hike in the mountains with my dogs on weekends"));
    }
}
