package xyz.graphyn.adapter.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemException;
import xyz.graphyn.adapter.http.problem.ProblemType;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.validation.Invalid;

class JsonItemsTest {
    private static final int MAX_ITEMS = 10;
    private static final int MAX_KEYS = 50;
    private static final String A = "{\"name\":\"a\"}";

    private final List<String> drafted = new ArrayList<>();
    private final JsonItems<Thing, Thing> items =
            new JsonItems<>("things", Thing.class, this::draft, MAX_ITEMS, MAX_KEYS);

    record Thing(
            String name, @Nullable Integer size, @Nullable Json payload) {}

    private Thing draft(Thing thing) {
        drafted.add(thing.name());
        if (thing.name().equals("bad")) {
            throw new Invalid("/name", "bad", "must be good");
        }
        return thing;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ \"b\" : 1.50, \"a\":1e400,\"🦄\" :\"\\ud83e\\udd84 🦄\\/\" , \"l\": [ ]\t}",
                "{\"deep\":{\"deep\":[{\"deep\":{}}]}}",
            })
    void keepsObjectsOfClientsAsTheyWereWritten(String payload) {
        String item = " {\"name\":\"é\", \"payload\" : " + payload + " , \"size\":1}";
        Thing thing = new Thing("é", 1, new Json(payload));
        assertEquals(List.of(thing, thing), json("{\"things\" :[" + item + " ," + item + "\n] }"));
        assertEquals(List.of(thing, thing), lines(item + "\r\n" + item));
    }

    /** Each length puts the borders of the parser's and the decoder's buffers at another place of a payload. */
    @Test
    void keepsObjectsAcrossEveryBuffer() {
        for (int length = 0; length < 9_000; length += 13) {
            String payload = "{\"" + "x".repeat(length % 900) + "\":\"" + "x🦄é\\n".repeat(length) + "\"}";
            String item = "{\"name\":\"" + "n".repeat(length) + "\",\"payload\":" + payload + "}";
            Thing thing = new Thing("n".repeat(length), null, new Json(payload));
            assertEquals(List.of(thing, thing), read(dripping("{\"things\":[" + item + "," + item + "]}"), false));
            assertEquals(List.of(thing, thing), read(dripping(item + "\n" + item + "\n"), true));
        }
    }

    @Test
    void makesADraftOfEachItemBeforeItLooksAtTheNext() {
        refusal("{\"things\":[" + A + ",{\"name\":\"b\"},?");
        assertEquals(List.of("a", "b"), drafted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "[] ~ | wrong-type",
                "null ~ | wrong-type",
                "{} ~ /things| required",
                "{\"things\":null} ~ /things| required",
                "{\"things\":{\"x\":[]}} ~ /things| wrong-type",
                "{\"things\":[{A}],\"more\":[{\"x\":1}]} ~ /more| unknown",
                "{\"things\":[{A}],\"things\":[{A}]} ~ /things| duplicate",
                "{\"things\":[{\"name\":\"a\",\"name\":\"b\"},7,{\"name\":\"bad\"},null,{\"nam\":{\"x\":1,\"x\":2}}]} ~"
                        + " /things/0/name| duplicate, /things/1| wrong-type, /things/2/name| bad, /things/3| wrong-type,"
                        + " /things/4/nam| unknown, /things/4/nam/x| duplicate, /things/4/name| required",
                "{\"things\":[{\"name\":\"\\u0000\"},{\"name\":\"a\",\"payload\":{\"x\":[\"\\ud800\"]}}]} ~"
                        + " /things/0/name| nul, /things/1/payload/x/0| lone-surrogate",
            })
    void namesEveryMistakeOfEveryItem(String text, String mistakes) {
        assertEquals(mistakes, places(refusal(text.replace("{A}", A))));
    }

    @Test
    void namesTheSameMistakesOfLines() {
        String lines = "{\"name\":\"a\",\"name\":\"b\"}\n\n7\n{\"name\":\"bad\"}\r\nnull\n{\"nam\":{\"x\":1,\"x\":2}}";
        assertEquals(
                "/things/0/name| duplicate, /things/1| wrong-type, /things/2/name| bad, /things/3| wrong-type,"
                        + " /things/4/nam| unknown, /things/4/nam/x| duplicate, /things/4/name| required",
                places(refusal(() -> lines(lines))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"things\":[{A} ~ /things/0 ~ line 1, column 24",
                "{\"things\":[{A}]}{} ~ `` ~ line 1, column 26",
                "{\"things\":[{A},]} ~ /things/1 ~ line 1, column 25",
                "{\"things\":[{A} {A}]} ~ /things/1 ~ line 1, column 25",
                "{\"things\":[{\"name\":tru}]} ~ /things/0/name ~ line 1, column 20",
                "\ufeff{\"things\":[]} ~ `` ~ line 1, column 1",
            })
    void saysWhereTextIsNoJson(String text, String pointer, String where) {
        Problem problem = refusal(text.replace("{A}", A));
        assertEquals(ProblemType.MALFORMED_JSON, problem.type());
        assertTrue(problem.detail().contains(where), problem::detail);
        assertEquals(pointer + "| malformed", places(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{A} {A} ~ 1 ~ /things/0",
                "{A}R{A} ~ 1 ~ /things/0",
                "{A}N{A}]} ~ 2 ~ /things/1",
                "{A}NN{\"name\":N\"b\"} ~ 3 ~ /things/1/name",
                "{A}N{\"name\":\"aNb\"} ~ 2 ~ /things/1/name",
                "{A}N, ~ 2 ~ /things/1",
                "\ufeff{A} ~ 1 ~ /things/0",
            })
    void takesOneValueOnEachLine(String text, int line, String pointer) {
        Problem problem =
                refusal(() -> lines(text.replace("{A}", A).replace('N', '\n').replace('R', '\r')));
        assertEquals("Line " + line + " of the body is not well-formed JSON.", problem.detail());
        assertEquals(pointer + "| malformed", places(problem));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \r\n\t\n\n"})
    void findsNothingOnBlankLines(String text) {
        assertEquals(List.of(), lines(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void asksForABody(String text) {
        assertEquals("| required", places(refusal(text)));
    }

    @Test
    void stopsAtTheFirstItemTooMany() {
        String full = (A + "\n").repeat(MAX_ITEMS);
        assertEquals(MAX_ITEMS, lines(full).size());
        assertEquals("/things| too-many", places(refusal(() -> lines(full + "{"))));
        String list =
                String.join(",", IntStream.range(0, MAX_ITEMS).mapToObj(i -> A).toList());
        assertEquals(MAX_ITEMS, json("{\"things\":[" + list + "]}").size());
        assertEquals("/things| too-many", places(refusal("{\"things\":[" + list + ",{")));
        String wrong = "{\"things\":[7," + list + ",{";
        assertEquals("/things/0| wrong-type, /things| too-many", places(refusal(wrong)));
    }

    @Test
    void readsNoFurtherThanItMust() {
        Endless endless = new Endless("{\"things\":[", A + ",");
        assertEquals("/things| too-many", places(refusal(() -> read(endless, false))));
        Endless lines = new Endless("", A + "\n");
        assertEquals("/things| too-many", places(refusal(() -> read(lines, true))));
        Endless mistakes = new Endless("{\"more\":[", "\"\\u0000\",");
        assertEquals(
                Problem.MAX_MISTAKES,
                refusal(() -> read(mistakes, false)).mistakes().size());
        assertTrue(endless.bytes + lines.bytes + mistakes.bytes < 100_000);
    }

    @Test
    void countsTheMembersOfAllItemsTogether() {
        String five = "{\"name\":\"a\",\"payload\":{\"a\":1,\"b\":2,\"c\":3}}";
        String full = String.join(",", IntStream.range(0, 9).mapToObj(i -> five).toList());
        assertEquals(
                10,
                json("{\"things\":[" + full + ",{\"name\":\"a\",\"payload\":{\"a\":1,\"b\":2}}]}")
                        .size());
        assertEquals("| too-many", places(refusal("{\"things\":[" + full + "," + five + "]}")));
        String lines = (five + "\n").repeat(MAX_ITEMS);
        assertEquals(MAX_ITEMS, lines(lines).size());
        assertEquals(
                "/things/9| too-many",
                places(refusal(() -> lines((five + "\n").repeat(9) + five.replace("}}", ",\"d\":4}}")))));
    }

    @Test
    void boundsTheDepthOfLinesLikeThatOfTheList() {
        String fits = "{\"name\":\"a\",\"payload\":{\"d\":" + "[".repeat(60) + "]".repeat(60) + "}}";
        String deeper = "{\"name\":\"a\",\"payload\":{\"d\":" + "[".repeat(61) + "]".repeat(61) + "}}";
        assertEquals(1, lines(fits).size());
        assertEquals(1, json("{\"things\":[" + fits + "]}").size());
        String place = "/things/0/payload/d" + "/0".repeat(60) + "| too-deep";
        assertEquals(place, places(refusal(() -> lines(deeper))));
        assertEquals(place, places(refusal("{\"things\":[" + deeper + "]}")));
    }

    @ParameterizedTest
    @CsvSource({"ED A0 80", "C0 80", "FF", "F8 88 80 80 80", "E2 82"})
    void namesThePlaceOfBrokenUtf8(String broken) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(bytes("{\"name\":\"é\",\"payload\":{\"list\":[\"é\",\"bad "));
        body.writeBytes(HexFormat.ofDelimiter(" ").parseHex(broken));
        body.writeBytes(bytes("\"]}}"));
        String place = "/payload/list/1| not-utf-8";
        byte[] item = body.toByteArray();
        byte[] list = concat(bytes("{\"things\":[" + A + ","), item, bytes("]}"));
        assertEquals("/things/1" + place, places(refusal(() -> items.read(new ByteArrayInputStream(list)))));
        byte[] lines = concat(bytes(A + "\n"), item);
        assertEquals("/things/1" + place, places(refusal(() -> items.readLines(new ByteArrayInputStream(lines)))));
    }

    @Test
    void refusesACharacterThatBreaksOffAtTheEndOfItsLine() {
        byte[] lines = concat(bytes("{\"name\":\"a"), new byte[] {(byte) 0xe2, (byte) 0x82}, bytes("\n\"}"));
        assertEquals(
                "/things/0/name| not-utf-8", places(refusal(() -> items.readLines(new ByteArrayInputStream(lines)))));
    }

    private List<Thing> json(String text) {
        return read(dripping(text), false);
    }

    private List<Thing> lines(String text) {
        return read(dripping(text), true);
    }

    private List<Thing> read(InputStream in, boolean lines) {
        return lines ? items.readLines(in) : items.read(in);
    }

    private Problem refusal(String text) {
        return refusal(() -> json(text));
    }

    private static Problem refusal(Runnable reading) {
        return assertThrows(ProblemException.class, reading::run).problem();
    }

    private static String places(Problem problem) {
        return problem.mistakes().stream()
                .map(mistake -> mistake.name() + "| " + mistake.code())
                .collect(Collectors.joining(", "));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Comes in pieces of odd lengths, as from a network. */
    private static InputStream dripping(String text) {
        return new ByteArrayInputStream(bytes(text)) {
            private int reads;

            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + 379 * (reads++ % 7)));
            }
        };
    }

    /** A beginning, and then the same for ever. */
    private static final class Endless extends InputStream {
        private final byte[] start;
        private final byte[] rest;
        private long bytes;

        Endless(String start, String rest) {
            this.start = bytes(start);
            this.rest = bytes(rest);
        }

        @Override
        public int read() {
            long at = bytes++;
            return at < start.length ? start[(int) at] : rest[(int) ((at - start.length) % rest.length)];
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            for (int i = 0; i < length; i++) {
                target[offset + i] = (byte) read();
            }
            return length;
        }
    }
}
