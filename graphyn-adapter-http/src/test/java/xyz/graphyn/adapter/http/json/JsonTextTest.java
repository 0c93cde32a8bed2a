package xyz.graphyn.adapter.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.adapter.http.problem.Mistake;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemException;
import xyz.graphyn.adapter.http.problem.ProblemType;

class JsonTextTest {
    private static final int MAX_KEYS = 100;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {\"a\" : [1, 2.50, -0, 1e400] } ",
                "{\"\":null}",
                "{\"decoded by others before\":\"\ufffd\"}",
                "{\"text\":\"\\ud83e\\udd84 🦄 \\n \\\\u0000\"}",
                "{\"a\":{\"a\":{\"a\":1}}}"
            })
    void takesWhatKeepsTheRules(String text) {
        assertEquals(text, JsonText.of(bytes(text), MAX_KEYS).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":2,\"a\":3} ~ /a ~ duplicate",
                "{\"a\":1,\"\\u0061\":3} ~ /a ~ duplicate",
                "{\"list\":[0,{\"x\":{\"k\":1,\"k\":1}}]} ~ /list/1/x/k ~ duplicate",
                "{\"text\":\"a\\ud83eb\"} ~ /text ~ lone-surrogate",
                "{\"text\":\"\\udd84\\ud83e\"} ~ /text ~ lone-surrogate",
                "{\"list\":[\"\\ud83e\"]} ~ /list/0 ~ lone-surrogate",
                "{\"text\":\"a\\u0000\"} ~ /text ~ nul",
            })
    void namesThePlaceOfWhatBreaksARule(String text, String pointer, String code) {
        Problem problem = refusal(bytes(text));
        assertEquals(ProblemType.VALIDATION, problem.type());
        assertEquals(List.of(pointer + " " + code), places(problem));
    }

    @Test
    void looksIntoNamesToo() {
        assertEquals(List.of("/a\0 nul"), places(refusal(bytes("{\"a\\u0000\":1}"))));
        assertEquals(List.of("/a malformed"), places(refusal(bytes("{\"a\":{\"\\ud83e\":1}}"))));
    }

    @Test
    void namesEveryMistake() {
        Problem problem = refusal(bytes("{\"a\":\"\\u0000\",\"b\":[\"\\ud800\"],\"a\":1}"));
        assertEquals(List.of("/a nul", "/b/0 lone-surrogate", "/a duplicate"), places(problem));
    }

    @Test
    void namesNoMoreMistakesThanAnyoneMends() {
        String text = IntStream.range(0, 90).mapToObj(i -> "\"\\u0000\"").collect(Collectors.joining(",", "[", "]"));
        assertEquals(Problem.MAX_MISTAKES, refusal(bytes(text)).mistakes().size());
    }

    @Test
    void boundsTheDepth() {
        JsonText.of("[".repeat(64) + "]".repeat(64), MAX_KEYS);
        assertEquals(List.of("/0".repeat(64) + " too-deep"), places(refusal(bytes("[".repeat(65) + "]".repeat(65)))));
        assertEquals(List.of("/0".repeat(64) + " too-deep"), places(refusal(bytes("[".repeat(1_000_000)))));
    }

    @Test
    void boundsTheMembersOfAllObjectsTogether() {
        String half = IntStream.range(0, MAX_KEYS / 2)
                .mapToObj(i -> "\"k" + i + "\":" + i)
                .collect(Collectors.joining(",", "{", "}"));
        JsonText.of("[" + half + "," + half + "]", MAX_KEYS);
        Problem problem = refusal(bytes("[" + half + "," + half + ",{\"one\":\"more\"}]"));
        assertEquals(List.of(" too-many"), places(problem));
    }

    @Test
    void boundsNumbersAndNames() {
        JsonText.of("{\"n\":" + "9".repeat(1_000) + "}", MAX_KEYS);
        assertEquals(List.of("/n too-long"), places(refusal(bytes("{\"n\":" + "9".repeat(10_000) + "}"))));
        assertEquals(List.of("/n too-long"), places(refusal(bytes("{\"n\":0." + "9".repeat(10_000) + "}"))));
        Problem problem = refusal(bytes("{\"" + "n".repeat(1_001) + "\":1}"));
        assertEquals("too-long", problem.mistakes().getFirst().code());
        assertTrue(problem.mistakes().getFirst().name().length() <= 257, "a pointer must not carry a long name out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"a\":1 ~ line 1, column 7",
                "{\"a\":tru} ~ line 1, column 6",
                "{\"a\":NaN} ~ line 1, column 9",
                "{\"a\":+1} ~ line 1, column 7",
                "{\"a\":01} ~ line 1, column 7",
                "{'a':1} ~ line 1, column 2",
                "{\"a\":1,} ~ line 1, column 8",
                "{\"a\":1}{\"b\":2} ~ line 1, column 8",
                "{\"a\":1} x ~ line 1, column 9",
                "{\"a\":/* */1} ~ line 1, column 6",
                "\ufeff{} ~ line 1, column 1",
            })
    void saysWhereTextIsNoJson(String text, String where) {
        Problem problem = refusal(bytes(text));
        assertEquals(ProblemType.MALFORMED_JSON, problem.type());
        assertTrue(problem.detail().contains(where), problem::detail);
    }

    @Test
    void countsLines() {
        assertTrue(refusal(bytes("{\n\"a\":\n tru}")).detail().contains("line 3, column 2"));
    }

    @Test
    void neverRepeatsWhatWasSent() {
        Problem problem = refusal(bytes("{\"a\": s3cret}"));
        assertTrue(!problem.toString().contains("s3cret"), problem::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void asksForABody(String text) {
        assertEquals(List.of(" required"), places(refusal(bytes(text))));
    }

    @ParameterizedTest
    @CsvSource({"ED A0 80", "C0 80", "FF", "F8 88 80 80 80", "E2 82"})
    void namesThePlaceOfBrokenUtf8(String broken) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(bytes("{\"ok\":1,\"list\":[\"é\",\"bad "));
        body.writeBytes(HexFormat.ofDelimiter(" ").parseHex(broken));
        body.writeBytes(bytes("\"]}"));
        assertEquals(List.of("/list/1 not-utf-8"), places(refusal(body.toByteArray())));
    }

    private static Problem refusal(byte[] body) {
        return assertThrows(ProblemException.class, () -> JsonText.of(body, MAX_KEYS))
                .problem();
    }

    private static List<String> places(Problem problem) {
        return problem.mistakes().stream()
                .map((Mistake mistake) -> mistake.name() + " " + mistake.code())
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
