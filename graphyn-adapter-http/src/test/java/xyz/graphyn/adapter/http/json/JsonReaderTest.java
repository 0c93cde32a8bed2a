package xyz.graphyn.adapter.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.adapter.http.json.Change.Become;
import xyz.graphyn.adapter.http.json.Change.Keep;
import xyz.graphyn.adapter.http.json.Change.Remove;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemException;
import xyz.graphyn.domain.json.Json;

class JsonReaderTest {
    record Thing(
            String name,
            @Nullable Integer count,
            @Nullable Boolean good,
            @Nullable Instant at,
            @Nullable UUID id,
            @Nullable Json payload,
            @Nullable List<String> labels,
            @Nullable List<Part> parts) {}

    record Part(String name, @Nullable Json payload) {}

    record Patch(Change<String> name, Change<@Nullable Integer> count, Change<@Nullable Json> payload) {}

    private static final JsonReader<Thing> THINGS = new JsonReader<>(Thing.class);
    private static final JsonReader<Patch> PATCHES = new JsonReader<>(Patch.class);

    @Test
    void readsEveryType() {
        Thing thing = thing("""
                {"name": "Ada 🦄", "count": -2147483648, "good": false, "at": "2023-05-08T15:56:00.1234567+02:00",
                 "id": "01935C3E-9a70-7c4b-8f5e-2f6f0c7d1b3a", "labels": ["b", "a"],
                 "parts": [{"name": "p", "payload": {}}, {"payload": {"x" : 1}, "name": "q"}]}
                """);
        assertEquals(
                new Thing(
                        "Ada 🦄",
                        Integer.MIN_VALUE,
                        false,
                        Instant.parse("2023-05-08T13:56:00.1234567Z"),
                        UUID.fromString("01935c3e-9a70-7c4b-8f5e-2f6f0c7d1b3a"),
                        null,
                        List.of("b", "a"),
                        List.of(new Part("p", new Json("{}")), new Part("q", new Json("{\"x\" : 1}")))),
                thing);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ \"b\" : 1.50, \"a\":1e400,\"🦄\" :\"\\ud83e\\udd84 🦄\\/\" , \"l\": [ ]\n}",
                "{\"deep\":{\"deep\":[{\"deep\":{}}]}}",
                "{\"n\":123456789012345678901234567890.000}"
            })
    void keepsObjectsOfClientsAsTheyWereWritten(String payload) {
        assertEquals(
                payload,
                String.valueOf(thing("{\"name\":\"🦄 a\", \"payload\" : " + payload + " }")
                        .payload()));
        String nested = "{\"name\":\"é\",\"parts\":[{\"payload\":" + payload + ",\"name\":\"p\"}],\"count\":1}";
        assertEquals(List.of(new Part("p", new Json(payload))), thing(nested).parts());
    }

    @Test
    void keepsObjectsAcrossTheParsersBuffer() {
        String payload = "{\"text\":\"" + "x🦄é".repeat(20_000) + "\"}";
        String text = "{\"name\":\"" + "n".repeat(40_000) + "\",\"payload\":" + payload + ",\"count\":1}";
        assertEquals(payload, String.valueOf(thing(text).payload()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "[] ~ | wrong-type",
                "5 ~ | wrong-type",
                "null ~ | wrong-type",
                "{} ~ /name| required",
                "{\"name\":null} ~ /name| required",
                "{\"name\":1} ~ /name| wrong-type",
                "{\"name\":[\"a\"]} ~ /name| wrong-type",
                "{\"name\":{\"a\":\"b\"}} ~ /name| wrong-type",
                "{\"name\":\"a\",\"count\":\"1\"} ~ /count| wrong-type",
                "{\"name\":\"a\",\"count\":1.0} ~ /count| wrong-type",
                "{\"name\":\"a\",\"count\":1e2} ~ /count| wrong-type",
                "{\"name\":\"a\",\"count\":2147483648} ~ /count| out-of-range",
                "{\"name\":\"a\",\"count\":99999999999999999999} ~ /count| out-of-range",
                "{\"name\":\"a\",\"good\":\"true\"} ~ /good| wrong-type",
                "{\"name\":\"a\",\"good\":1} ~ /good| wrong-type",
                "{\"name\":\"a\",\"at\":1700000000} ~ /at| wrong-type",
                "{\"name\":\"a\",\"at\":\"yesterday\"} ~ /at| malformed",
                "{\"name\":\"a\",\"id\":\"1-1-1-1-1\"} ~ /id| malformed",
                "{\"name\":\"a\",\"payload\":[]} ~ /payload| wrong-type",
                "{\"name\":\"a\",\"payload\":\"{}\"} ~ /payload| wrong-type",
                "{\"name\":\"a\",\"labels\":\"x\"} ~ /labels| wrong-type",
                "{\"name\":\"a\",\"labels\":[\"x\",null,3]} ~ /labels/1| wrong-type, /labels/2| wrong-type",
                "{\"name\":\"a\",\"parts\":[{\"nam\":1},7]} ~ /parts/0/nam| unknown, /parts/0/name| required, /parts/1| wrong-type",
                "{\"name\":\"a\",\"organizationId\":{\"x\":[1]},\"count\":true} ~ /organizationId| unknown, /count| wrong-type",
            })
    void namesEveryMistakeOfType(String text, String mistakes) {
        Problem problem =
                assertThrows(ProblemException.class, () -> thing(text)).problem();
        String found = String.join(
                ", ",
                problem.mistakes().stream()
                        .map(mistake -> mistake.name() + "| " + mistake.code())
                        .toList());
        assertEquals(mistakes, found);
    }

    @Test
    void stopsAtMoreMistakesThanAnyoneMends() {
        String parts = "1,".repeat(1_000_000) + "1";
        Problem problem = assertThrows(
                        ProblemException.class, () -> thing("{\"name\":\"a\",\"parts\":[" + parts + "]}"))
                .problem();
        assertEquals(Problem.MAX_MISTAKES, problem.mistakes().size());
    }

    @Test
    void stopsInAListThatIsTooLong() {
        String labels = "\"a\",".repeat(1_000_000) + "\"a\"";
        Problem problem = assertThrows(
                        ProblemException.class, () -> thing("{\"name\":\"a\",\"labels\":[" + labels + "]}"))
                .problem();
        assertEquals("/labels", problem.mistakes().getFirst().name());
        assertEquals("too-many", problem.mistakes().getFirst().code());
    }

    @Test
    void tellsAbsentFromNullInAPatch() {
        assertEquals(
                new Patch(new Keep<>(), new Remove<>(), new Become<>(new Json("{\"a\":null}"))),
                PATCHES.read(JsonText.of("{\"count\":null,\"payload\":{\"a\":null}}", 10)));
        assertThrows(ProblemException.class, () -> PATCHES.read(JsonText.of("{\"name\":null}", 10)));
    }

    @ParameterizedTest
    @CsvSource({
        "2023-05-08T13:56:00Z, 2023-05-08T13:56:00.000Z",
        "2023-05-08t13:56:00.5z, 2023-05-08T13:56:00.500Z",
        "2023-05-08T13:56:00.123456Z, 2023-05-08T13:56:00.123456Z",
        "2023-05-08T00:30:00-05:30, 2023-05-08T06:00:00.000Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
    })
    void readsTimesWithAnyOffsetAndWritesThemInUtc(String text, String written) {
        Instant instant = Times.parse(text);
        assertEquals(written, instant == null ? "refused" : Times.write(instant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-05-08",
                "2023-05-08T13:56:00",
                "2023-05-08T13:56Z",
                "2023-05-08 13:56:00Z",
                "2023-02-30T00:00:00Z",
                "2023-05-08T25:00:00Z",
                "2023-05-08T23:59:60Z",
                "2023-05-08T24:00:00Z",
                "2023-05-08T13:56:00.Z",
                "2023-05-08T13:56:00Z ",
                "2023-05-08T13:56:00+18:01",
                "2023-05-08T13:56:00+02:60",
                "2023-05-08T13:56:00.5+0200",
                "٢٠٢٣-05-08T13:56:00Z",
                "+023-05-08T13:56:00Z",
                "2023-05-08T13:56:00.1234567890Z",
                "+12023-05-08T13:56:00Z",
                "2023-05-08T13:56:00+25:00",
                "2023-05-08T13:56:00+02",
                "1683554160",
                ""
            })
    void refusesTimesThatAreNotRfc3339(String text) {
        assertEquals(null, Times.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1935c3e-9a70-7c4b-8f5e-2f6f0c7d1b3a",
                "01935c3e-9a70-7c4b-8f5e-2f6f0c7d1b3",
                "01935c3e-9a70-7c4b-8f5e-2f6f0c7d1b3g",
                "01935c3e9a70-7c4b-8f5e-2f6f0c7d1b3a1",
                "01935c3e-9a70-7c4b-8f5e-2f6f0c7d1b3a ",
                "٠1935c3e-9a70-7c4b-8f5e-2f6f0c7d1b3a",
                ""
            })
    void refusesIdsThatAreNotInTheirOneForm(String text) {
        assertEquals(null, Uuids.parse(text));
    }

    private static Thing thing(String text) {
        return THINGS.read(JsonText.of(text, 1_000));
    }
}
