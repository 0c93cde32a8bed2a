package xyz.graphyn.adapter.detection;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.DetectionRules.CustomPattern;
import xyz.graphyn.domain.masking.DetectionRules.SensitiveField;
import xyz.graphyn.domain.masking.Detector;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.Passage;
import xyz.graphyn.domain.masking.Recognizer;
import xyz.graphyn.domain.masking.Recognizers;

/**
 * Counts the characters that are looked at, since clocks lie: they may be so many times the text's, whatever the text, and grow
 * no faster than it does. Each text is a million characters long once.
 */
class HostileTextTest {
    private static final int LENGTH = 1_000_000;
    /** How often a character may be looked at: rules times the ways that they look around a place. */
    private static final int LOOKS = 150;

    /** What a text takes more than its length and its looks at the start: lists that grow, the reach around a place. */
    private static final double MORE = 1.1;

    private static final DetectionRules RULES = new DetectionRules(
            1, Set.of("US", "DE", "GB"), List.of(new SensitiveField("**.a.*.secret", Kind.SECRET)), List.of());

    /** Texts are searched by patterns in pieces that lie over each other: the first one or two take less. */
    private static final double PATTERNS = 1.4;

    /** A pattern that would look at all that follows for each of its matches. It takes most of the time, so it has tests of its own. */
    private static final DetectionRules GREEDY = new DetectionRules(
            2, RULES.phoneRegions(), RULES.fields(), List.of(new CustomPattern("greedy", "a(.*b)?", Kind.SECRET)));

    static Stream<String> pieces() {
        return Stream.of(
                "a",
                "1",
                "0",
                "-",
                "12 ",
                "12 12-",
                "123 4567 ",
                "415-555-2671 ",
                "(12) 34-",
                " ",
                "@",
                "=",
                ":",
                "$",
                "\"",
                "1-",
                "1 ",
                "1.",
                "a@",
                "a@a.",
                "a.a@a.com",
                "a@a.com.",
                "a=a=",
                "pw=",
                "password=",
                "password: ",
                "password is ",
                "key=\"",
                "token ",
                "eyJ",
                "eyJhbGci.",
                "ey.",
                "://",
                "a://b:c@",
                "a://b:c",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN",
                "-----END",
                "$1$",
                "$2a$10$",
                "sk-",
                "sk-ant-",
                "ghp_",
                "AKIA",
                "xoxb-",
                "glpat-a.",
                "DE89",
                "DE89 ",
                "GB82WEST",
                "12:34:",
                "::1",
                "ab:cd:ef:",
                "00-11-22-",
                "1.2.3.4.",
                "0012.3456.",
                "4111 1111 ",
                "4111111111111111 ",
                "+1 ",
                "(1) ",
                "call 1 ",
                "ssn 1",
                "A1 ",
                "AB 12 ",
                "1A2B3C4D5E6F7G8H",
                "key-1a2b3c4d5e ",
                "-u a:",
                "😀",
                "\\u0041",
                "😀1",
                "{\"a\":",
                "[",
                "{\"a\":1}",
                "bc1q",
                "1A1zP1eP5QGefi2DMPTf",
                "deadbeef",
                "0x",
                "123456789:",
                "\n",
                "x".repeat(63) + "=");
    }

    @ParameterizedTest
    @MethodSource("pieces")
    void looksAtEachCharacterOfATextABoundedNumberOfTimes(String piece) {
        BuiltInRecognizer recognizer = new BuiltInRecognizers().with(RULES);
        long less = looks(recognizer, piece, LENGTH / 10);
        long work = looks(recognizer, piece, LENGTH);
        assertTrue(work < (long) LOOKS * LENGTH, () -> work / LENGTH + " looks at each character of " + piece);
        assertTrue(work <= 10 * MORE * less, () -> less + " looks, at ten times the text " + work + ": " + piece);
    }

    @ParameterizedTest
    @MethodSource("pieces")
    void matchesPatternsInABoundedNumberOfLooks(String piece) {
        BuiltInRecognizer recognizer = new BuiltInRecognizers().with(GREEDY);
        long less = looks(recognizer, piece, LENGTH / 10);
        long work = looks(recognizer, piece, LENGTH);
        assertTrue(work < (long) LOOKS * LENGTH, () -> work / LENGTH + " looks at each character of " + piece);
        assertTrue(work <= 10 * PATTERNS * less, () -> less + " looks, at ten times the text " + work + ": " + piece);
    }

    private static long looks(BuiltInRecognizer recognizer, String piece, int length) {
        return recognizer.scan(
                Passage.of(piece.repeat(length / piece.length())), (start, end, kind, rule, weight) -> {});
    }

    @ParameterizedTest
    @MethodSource("documents")
    void searchesEachPartOfADocumentOnceForEachLevel(String json) {
        long[] searched = new long[1];
        Detector detector = new Detector(counting(searched));
        List<Finding> findings = detector.inJson(json, RULES);
        assertTrue(searched[0] <= json.length(), () -> searched[0] + " of " + json.length());
        assertTrue(findings.stream().allMatch(finding -> finding.end() <= json.length()));
    }

    static Stream<String> documents() {
        StringBuilder nested = new StringBuilder("[\"ann@example.com\"]");
        while (nested.length() < LENGTH / 2) {
            String inner = nested.toString().replace("\\", "\\\\").replace("\"", "\\\"");
            nested.setLength(0);
            nested.append("{\"a\":\"").append(inner).append("\"}");
        }
        Map<String, Integer> names = new HashMap<>();
        new Random(7).ints(50_000).forEach(i -> names.put("n" + i, i));
        return Stream.of(
                "{\"a\":".repeat(LENGTH / 10) + "1" + "}".repeat(LENGTH / 10),
                "[".repeat(LENGTH / 2) + "]".repeat(LENGTH / 2),
                "{\"a\":".repeat(LENGTH / 5),
                nested.toString(),
                Corpus.MAPPER.writeValueAsString(names),
                "[\"" + "\\u0061".repeat(LENGTH / 6) + "\"]",
                "[" + "\"[1]\",".repeat(LENGTH / 6) + "1]",
                "{\"password\":" + "[".repeat(LENGTH / 4) + "\"x\"" + "]".repeat(LENGTH / 4) + "}");
    }

    private static Recognizers counting(long[] searched) {
        return new Recognizers() {
            @Override
            public int version() {
                return 1;
            }

            @Override
            public Recognizer with(DetectionRules rules) {
                return (passage, hits) -> searched[0] += passage.text().length();
            }
        };
    }
}
