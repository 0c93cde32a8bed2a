package xyz.graphyn.domain.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.json.Json;

class MasksTest {
    private static final View PARTIAL = new View(AccessLevel.PARTIAL, Set.of());
    private static final View MASKED = new View(AccessLevel.MASKED, Set.of());

    private static Finding finding(String text, String value, Kind kind) {
        int start = text.indexOf(value);
        return new Finding(start, start + value.length(), kind, "test");
    }

    private static String masked(String json, View view) {
        return Masks.inJson(new Json(json), MaskSamples.find(json), view).text();
    }

    /** Runs a property on many samples; which seed it failed with is in the message. */
    private static void forSamples(Consumer<RandomGenerator> property) {
        long base = new Random().nextLong();
        for (int i = 0; i < 2_000; i++) {
            long seed = base + i;
            try {
                property.accept(new Random(seed));
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("with the seed " + seed, failed);
            }
        }
    }

    @Test
    void showsEachLevelAsMuchAsItMaySee() {
        String text = "Mail ada@example.com or pay with 4242 4242 4242 4242 🦄.";
        List<Finding> findings = MaskSamples.find(text);
        assertSame(text, Masks.inText(text, findings, View.RAW));
        assertEquals(
                "Mail a***@example.com or pay with **** **** **** 4242 🦄.", Masks.inText(text, findings, PARTIAL));
        assertEquals("Mail [EMAIL] or pay with [CREDIT_CARD] 🦄.", Masks.inText(text, findings, MASKED));
        assertEquals(
                "Mail ada@example.com or pay with [CREDIT_CARD] 🦄.",
                Masks.inText(text, findings, new View(AccessLevel.MASKED, Set.of(Kind.EMAIL))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"to":"ada@example.com"}                     | {"to":"[EMAIL]"}
            {"card":4242424242424242}                    | {"card":"[CREDIT_CARD]"}
            {"card" : 4242424242424242 , "b":[1]}        | {"card" : "[CREDIT_CARD]" , "b":[1]}
            [4242424242424242,4242424242424242]          | ["[CREDIT_CARD]","[CREDIT_CARD]"]
            {"say":"no, 4242424242424242, no"}           | {"say":"no, [CREDIT_CARD], no"}
            {"say":"\\"ada@example.com\\""}              | {"say":"\\"[EMAIL]\\""}
            {"a\\\\":"ada@example.com"}                  | {"a\\\\":"[EMAIL]"}
            {"arguments":"{\\"card\\": 4242424242424242}"} | {"arguments":"{\\"card\\": \\"[CREDIT_CARD]\\"}"}
            {"arguments":"{ask, 4242424242424242 now}"}  | {"arguments":"{ask, [CREDIT_CARD] now}"}
            {"ada@example.com":1}                        | {"[EMAIL]":1}
            {"ada@example.com":1,"b":{"bob@example.com":2}} | {"[EMAIL]":1,"b":{"[EMAIL]":2}}
            {"ada@example.com":1,"bob@example.com" : 2}  | {"[EMAIL]":1,"[EMAIL]#2" : 2}
            {"ada@example.com":"ada@example.com","[EMAIL]":2,"[EMAIL]#2":[]} | {"[EMAIL]#3":"[EMAIL]","[EMAIL]":2,"[EMAIL]#2":[]}
            {"ada@example.com":1,"\\u005bEMAIL]":2}      | {"[EMAIL]#2":1,"\\u005bEMAIL]":2}
            {"x":"{\\"ada@example.com\\":1,\\"bob@example.com\\":2}"} | {"x":"{\\"[EMAIL]\\":1,\\"[EMAIL]#2\\":2}"}
            """)
    void keepsTheShapeOfADocument(String json, String masked) {
        assertEquals(masked, masked(json, MASKED));
    }

    @Test
    void hintsAtWhatStandsBehindEscapes() {
        String once = "{\"a\":\"\\u0061da\\u0040example.com\"}";
        assertEquals(
                "{\"a\":\"a***@example.com\"}",
                Masks.inJson(new Json(once), List.of(finding(once, "\\u0061da\\u0040example.com", Kind.EMAIL)), PARTIAL)
                        .text());
        String twice = "{\"a\":\"{\\\"b\\\":\\\"ada\\\\u0040example.com\\\"}\"}";
        assertEquals(
                "{\"a\":\"{\\\"b\\\":\\\"a***@example.com\\\"}\"}",
                Masks.inJson(new Json(twice), List.of(finding(twice, "ada\\\\u0040example.com", Kind.EMAIL)), PARTIAL)
                        .text());
        String emoji = "{\"a\":\"\\ud83e\\udd84.farm@example.com\"}";
        assertEquals(
                "{\"a\":\"****@example.com\"}",
                Masks.inJson(
                                new Json(emoji),
                                List.of(finding(emoji, "\\ud83e\\udd84.farm@example.com", Kind.EMAIL)),
                                PARTIAL)
                        .text());
    }

    @Test
    void keepsADocumentThatIsATextADocument() {
        String text = " [{\"card\": 4242424242424242}]";
        assertEquals(" [{\"card\": \"[CREDIT_CARD]\"}]", Masks.inText(text, MaskSamples.find(text), MASKED));
        String note = "[note] pay with \"4242424242424242, 4242424242424242";
        assertEquals(
                "[note] pay with \"[CREDIT_CARD], [CREDIT_CARD]", Masks.inText(note, MaskSamples.find(note), MASKED));
    }

    @Test
    void masksWordsLikeNumbers() {
        String json = "{\"vip\":true,\"pin\":-1.5E+3}";
        assertEquals(
                "{\"vip\":\"[VIP]\",\"pin\":\"[PIN]\"}",
                Masks.inJson(
                                new Json(json),
                                List.of(
                                        finding(json, "true", new Kind("VIP")),
                                        finding(json, "-1.5E+3", new Kind("PIN"))),
                                MASKED)
                        .text());
    }

    @Test
    void refusesFindingsThatCantBeOfTheText() {
        Json json = new Json("{\"a\":\"ada\",\"n\":12}");
        for (Finding wrong : List.of(
                new Finding(10, 40, Kind.EMAIL, "test"),
                new Finding(5, 8, Kind.EMAIL, "test"),
                new Finding(0, 1, Kind.EMAIL, "test"),
                new Finding(16, 17, Kind.PHONE, "test"))) {
            assertThrows(IllegalArgumentException.class, () -> Masks.inJson(json, List.of(wrong), MASKED));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> Masks.inText("ada", List.of(new Finding(1, 4, Kind.EMAIL, "test")), PARTIAL));
    }

    @Test
    void keepsLabelsApart() {
        List<String> labels = List.of("ada@example.com", "travel", "bob@example.com", "[EMAIL]");
        Findings findings = new Findings(
                RulesVersion.of(1, 0),
                Map.of("/labels/0", MaskSamples.find(labels.get(0)), "/labels/2", MaskSamples.find(labels.get(2))));
        assertEquals(
                List.of("[EMAIL]#2", "travel", "[EMAIL]#3", "[EMAIL]"),
                Masks.inDistinct(labels, "/labels", findings, MASKED));
        assertSame(labels, Masks.inDistinct(labels, "/labels", findings, View.RAW));
    }

    @Test
    void maskingWhatIsMaskedChangesNothing() {
        forSamples(random -> {
            String text = MaskSamples.text(random);
            for (View view : List.of(View.RAW, PARTIAL, MASKED)) {
                String once = Masks.inText(text, MaskSamples.find(text), view);
                assertEquals(once, Masks.inText(once, MaskSamples.find(once), view));
            }
        });
    }

    @Test
    void masksHoldNothingThatIsFoundAgain() {
        forSamples(random -> {
            String text = MaskSamples.text(random);
            for (View view : List.of(PARTIAL, MASKED)) {
                assertEquals(List.of(), MaskSamples.find(Masks.inText(text, MaskSamples.find(text), view)));
            }
        });
    }

    @Test
    void moreRightsNeverSeeLess() {
        forSamples(random -> {
            String text = MaskSamples.text(random);
            List<Finding> findings = MaskSamples.find(text);
            assertSame(text, Masks.inText(text, findings, View.RAW));
            List<String> around = new ArrayList<>();
            int from = 0;
            for (Finding finding : findings) {
                around.add(text.substring(from, finding.start()));
                from = finding.end();
            }
            around.add(text.substring(from));
            String masked = Masks.inText(text, findings, MASKED);
            String partial = Masks.inText(text, findings, PARTIAL);
            int atMasked = 0;
            int atPartial = 0;
            for (int i = 0; i < around.size(); i++) {
                assertTrue(masked.startsWith(around.get(i), atMasked), "what is around stays");
                assertTrue(partial.startsWith(around.get(i), atPartial), "what is around stays");
                atMasked += around.get(i).length();
                atPartial += around.get(i).length();
                if (i < findings.size()) {
                    Finding finding = findings.get(i);
                    String value = text.substring(finding.start(), finding.end());
                    atMasked += finding.kind().name().length() + 2;
                    atPartial += Hints.shown(finding.kind(), AccessLevel.PARTIAL, value)
                            .length();
                }
            }
            assertEquals(masked.length(), atMasked);
            assertEquals(partial.length(), atPartial);
        });
    }

    @Test
    void noPieceOfAHiddenValueSurvives() {
        forSamples(random -> {
            String text = MaskSamples.text(random);
            String masked = Masks.inText(text, MaskSamples.find(text), MASKED);
            String partial = Masks.inText(text, MaskSamples.find(text), PARTIAL);
            for (String value : MaskSamples.VALUES) {
                int end = value.contains("@") ? value.indexOf('@') : value.length();
                for (int i = 0; i + 8 <= end; i++) {
                    assertFalse(masked.contains(value.substring(i, i + 8)), text);
                    assertFalse(partial.contains(value.substring(i, i + 8)), text);
                }
            }
        });
    }

    @Test
    void countsWhatItHidesAndWhatItShows() {
        List<Finding> findings = MaskSamples.find("ada@example.com bob@example.com 123-45-6789");
        View view = new View(AccessLevel.PARTIAL, Set.of(Kind.US_SSN));
        Disclosure disclosure = Disclosure.of(findings, view);
        assertEquals(2, disclosure.hidden());
        assertEquals(1, disclosure.raw());
        assertEquals(Map.of("partial", "EMAIL 2", "raw", "US_SSN 1"), disclosure.details());
        assertEquals(
                Map.of("partial", "EMAIL 4", "raw", "EMAIL 2, US_SSN 3"),
                Disclosure.sum(List.of(disclosure, disclosure, Disclosure.of(findings, View.RAW)))
                        .details());
        assertTrue(Disclosure.of(List.of(), view).isEmpty());
    }

    /** Ten times as long takes ten times as long, not a hundred: a second for what takes some milliseconds. */
    @Test
    void takesLinearTimeHoweverHostileTheDocument() {
        int n = 100_000;
        Set<String> shapes = new HashSet<>();
        shapes.add("{\"a\":\"" + "\\\"".repeat(n) + "ada@example.com" + "\\\\".repeat(n) + "\"}");
        shapes.add("{\"a\":\"" + "ada@example.com ".repeat(n / 10) + "\"}");
        shapes.add("{\"a\":[" + "4242424242424242 ,".repeat(n / 10) + " ".repeat(n) + "4242424242424242]}");
        StringBuilder names = new StringBuilder("{");
        for (int i = 0; i < n / 10; i++) {
            names.append("\"a")
                    .append(i)
                    .append("@example.com\":{\"[EMAIL]#")
                    .append(i)
                    .append("\":1},\"[EMAIL]#");
            names.append(2 * i).append("\":1,");
        }
        shapes.add(names.append("\"z\":0}").toString());
        shapes.add("{\"a\":\"" + "{\\\"".repeat(n) + " ada@example.com\"}");
        shapes.add("{\"a\":\"[\\\\u005cu005cu005c" + "u005c".repeat(n) + "ada@example.com\"}");
        shapes.add("[".repeat(n) + "{\"ada@example.com\":1}" + "]".repeat(n));
        for (String shape : shapes) {
            for (View view : List.of(PARTIAL, MASKED)) {
                assertTimeoutPreemptively(
                        Duration.ofSeconds(5),
                        () -> assertFalse(masked(shape, view).contains("ada@")));
            }
        }
    }
}
