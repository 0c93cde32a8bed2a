package xyz.graphyn.domain.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShortStatementTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            My budget is 500 euros | My budget is 700 euros.
            My budget is 500 euros | Actually, my budget is now €1,200.50!
            Ada lives in Vienna | Ada lives in Graz
            Ada lives in Vienna | Ada has moved to Graz.
            I live in Vienna with my cat | I've moved to Graz
            My sister works at Acme | My sister works for Initech now
            The meeting is on Friday | The meeting has moved to Monday
            The deadline is May 5, 2026 | The deadline is 2026-06-01
            The meeting is at 3 pm | Update: the meeting is at 16:00
            I am 34 years old | I'm 35 years old
            My name is Ada | Please call me Lovelace
            My favourite colour is blue | My favorite color is green
            My e-mail is [EMAIL] | My email address is [EMAIL]
            My phone number is [PHONE] | My phone number is now [PHONE]
            Our discount is 10% | Our discount is 15 percent
            Ada's weight is 61 kg | Ada's weight is 60 kg
            """)
    void tellTheSameThingAnew(String one, String other) {
        assertTrue(ShortStatement.of(one).isPresent(), one);
        assertEquals(ShortStatement.of(one), ShortStatement.of(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            My budget is 500 euros | My rent is 500 euros
            Ada lives in Vienna | Bob lives in Vienna
            Ada lives in Vienna | Ada works at Vienna Inc
            The meeting is on Friday | The meeting is at 3 pm
            My son is 5 years old | My son is 5 feet tall
            My favourite book is Dune | My favourite film is Dune
            My work email is [EMAIL] | My home email is [EMAIL]
            My brother's birthday is May 3 | My sister's birthday is May 3
            """)
    void tellDifferentThings(String one, String other) {
        assertTrue(ShortStatement.of(one).isPresent(), one);
        assertTrue(ShortStatement.of(other).isPresent(), other);
        assertNotEquals(ShortStatement.of(one), ShortStatement.of(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Room 12 is booked",
                "Order 1234 shipped",
                "Ada likes apples",
                "Ada likes pears",
                "My budget is not 500 euros",
                "Is my budget 500 euros?",
                "My budget was 500 euros",
                "If my budget is 500 euros, we go",
                "I think my budget is 500 euros",
                "My budget is more than 500 euros",
                "My budget is 500 euros. My rent is 700.",
                "It is 5 pm",
                "This is 7",
                "There are 5 apples",
                "I live in a small flat",
                "I moved to Monday",
                "We moved to 5 pm",
                "I am at 5",
                "You are 34 years old",
                "One of my favourite books is Dune",
                "My favorite part is the ending",
                "My favorite thing is that",
                "Who lives in Graz",
                "The one who lives in Graz is 5",
                "My wife and I are 30",
                "Ada has 3 dogs",
                "Ada lives in Graz or in Vienna",
                "She lives in Graz",
                "People live in Graz",
                "She said my budget is 500",
                "Monday is 5",
                "The capital of France is Paris",
                "My dogs are 3 and I am 5",
                "",
                "   ",
                "5",
                "is",
                "🎈",
                "My test score is 85 out of 100 points in the end"
            })
    void areNone(String text) {
        assertEquals(Optional.empty(), ShortStatement.of(text));
    }

    @Test
    void areShort() {
        assertEquals(Optional.empty(), ShortStatement.of("My " + "very ".repeat(40) + "budget is 5"));
        assertEquals(Optional.empty(), ShortStatement.of("My budget is " + "5".repeat(400)));
    }

    @Test
    void knowWhatIsMeantInItsConversationOnly() {
        assertTrue(ShortStatement.of("The meeting is on Friday").orElseThrow().isOfItsSession());
        assertTrue(!ShortStatement.of("My budget is 5 euros").orElseThrow().isOfItsSession());
    }
}
