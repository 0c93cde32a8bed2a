package xyz.graphyn.domain.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.domain.json.Json;

class ChecksTest {
    private static List<String> codes(UnaryOperator<Checks> checks) {
        try {
            checks.apply(new Checks()).orThrow();
            return List.of();
        } catch (Invalid invalid) {
            return invalid.violations().stream().map(Violation::code).toList();
        }
    }

    @Test
    void countsCodePointsNotUnits() {
        assertEquals(List.of(), codes(checks -> checks.text("", "🦄🦄🦄", 3)));
        assertEquals(List.of("too-long"), codes(checks -> checks.text("", "🦄🦄🦄🦄", 3)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u2003"})
    void refusesBlankText(String blank) {
        assertEquals(List.of("blank"), codes(checks -> checks.text("", blank, 9)));
        assertEquals(List.of(), codes(checks -> checks.optionalText("", blank, 9)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83E", "a\uDD84", "\uDD84\uD83E", "\uD83Ea"})
    void refusesLoneSurrogates(String lone) {
        assertEquals(List.of("lone-surrogate"), codes(checks -> checks.text("", lone, 9)));
    }

    @Test
    void refusesNul() {
        assertEquals(List.of("nul"), codes(checks -> checks.text("", "a\0b", 9)));
    }

    @ParameterizedTest
    @CsvSource({"message,", "tool.called:v2/x-1,", "0,", "-x,malformed", "a b,malformed", "é,malformed", "'',malformed"
    })
    void knowsTypeNames(String name, String code) {
        assertEquals(code == null ? List.of() : List.of(code), codes(checks -> checks.typeName("", name)));
    }

    @Test
    void acceptsTimesOfFourDigitYears() {
        assertEquals(
                List.of(),
                codes(checks -> checks.time("", Instant.parse("0001-01-01T00:00:00Z"))
                        .time("", Instant.parse("9999-12-31T23:59:59.999999999Z"))));
        assertEquals(
                List.of("out-of-range", "out-of-range"),
                codes(checks -> checks.time("", Instant.parse("0000-12-31T23:59:59.999999999Z"))
                        .time("", Instant.parse("+10000-01-01T00:00:00Z"))));
    }

    @Test
    void passesWhatWasNotGiven() {
        assertEquals(
                List.of(),
                codes(checks -> checks.text("", null, 1)
                        .typeName("", null)
                        .identifier("", null)
                        .time("", null)));
    }

    @Test
    void gathersEveryMistakeAtItsPlace() {
        Invalid part = assertThrows(
                Invalid.class, () -> new Checks().text("/name", "", 9).orThrow());
        Invalid whole = assertThrows(
                Invalid.class,
                () -> new Checks()
                        .json("/metadata", new Json("{\"a\":1}"), 3)
                        .atMost("/labels", 3, 2)
                        .addAll("/events/7", part)
                        .orThrow());
        assertEquals(
                List.of("/metadata", "/labels", "/events/7/name"),
                whole.violations().stream().map(Violation::pointer).toList());
    }
}
