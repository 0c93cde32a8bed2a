package xyz.graphyn.adapter.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.DetectionRules.CustomPattern;
import xyz.graphyn.domain.masking.DetectionRules.SensitiveField;
import xyz.graphyn.domain.masking.Detector;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.Located;
import xyz.graphyn.domain.masking.Masks;
import xyz.graphyn.domain.masking.View;

/** What holds for any document. Each run says its seed when it fails. */
class DetectionPropertiesTest {
    private static final long SEED = 20261123;

    private static final String[] PIECES = {
        "ann@example.com",
        "4242 4242 4242 4242",
        "DE89 3704 0044 0532 0130 00",
        "203.0.113.9",
        "2001:db8::1",
        "+1 415 555 2671",
        "password: hunter2!",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
        "ghp_" + "aB3".repeat(12),
        "😀",
        "é",
        "\n",
        "\t",
        "\"",
        "\\",
        "/",
        " ",
        "a",
        "1",
        "@",
        ":",
        "=",
        "-",
        "the token is",
        "key",
        "postgres://u:p@db/x",
        "536-22-1234",
        "{\"a\":1}",
        "\u0000",
        "\u2028"
    };

    private static final String[] NAMES = {
        "id",
        "password",
        "userPassword",
        "email",
        "ann@example.com",
        "name",
        "value",
        "token",
        "items",
        "a.b",
        "é😀",
        "",
        "card_number",
        "customer"
    };

    private static final DetectionRules RULES = new DetectionRules(
            1,
            Set.of("US"),
            List.of(new SensitiveField("**.customer.*", new Kind("CUSTOMER"))),
            List.of(new CustomPattern("thing", "[a1]+", new Kind("THING"))));

    private final Detector detector = new Detector(Detection.recognizers());

    @RepeatedTest(300)
    void findingsFollowEachOtherWithinTheTokensOfTheDocument(RepetitionInfo repetition) {
        long seed = SEED + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        Object document = object(random, 0);
        String json = Corpus.MAPPER.writeValueAsString(document);
        if (random.nextBoolean()) {
            json = escaped(json, random);
        }
        for (DetectionRules rules : List.of(DetectionRules.DEFAULT, RULES)) {
            List<Finding> findings = detector.inJson(json, rules);
            int end = 0;
            for (Finding finding : findings) {
                assertTrue(finding.start() >= end, "seed " + seed);
                assertTrue(finding.end() <= json.length(), "seed " + seed);
                assertFalse(splits(json, finding.start()) || splits(json, finding.end()), "seed " + seed);
                end = finding.end();
            }
            assertEquals(findings, detector.inJson(json, rules), "seed " + seed);
            // What is found lies within tokens and between escapes exactly if the document stays one when it is cut
            // out.
            String cut = cut(json, findings);
            assertTrue(parses(cut), () -> "seed " + seed + ": " + cut);
            List<Located> located = detector.locate(json, rules);
            assertEquals(findings.size(), located.size(), "seed " + seed);
            for (int i = 0; i < located.size(); i++) {
                Located place = located.get(i);
                assertTrue(place.start() < place.end(), "seed " + seed);
                assertEquals(findings.get(i).kind(), place.kind(), "seed " + seed);
                if (!place.inName()) {
                    String value = Corpus.MAPPER.readTree(json).at(place.path()).asString();
                    String shown = value.substring(
                            value.offsetByCodePoints(0, place.start()), value.offsetByCodePoints(0, place.end()));
                    String written = json.substring(
                            findings.get(i).start(), findings.get(i).end());
                    assertEquals(shown, read(written), "seed " + seed);
                }
            }
        }
    }

    @RepeatedTest(200)
    void findingsInTextsFollowEachOther(RepetitionInfo repetition) {
        long seed = SEED - repetition.getCurrentRepetition();
        String text = text(new Random(seed));
        int end = 0;
        for (Finding finding : detector.inText(text, RULES)) {
            assertTrue(finding.start() >= end && finding.end() <= text.length(), "seed " + seed);
            assertFalse(splits(text, finding.start()) || splits(text, finding.end()), "seed " + seed);
            end = finding.end();
        }
    }

    @RepeatedTest(300)
    void masksStayWhatTheyAreWhenTheyAreFoundAgain(RepetitionInfo repetition) {
        long seed = SEED * repetition.getCurrentRepetition();
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]).append(random.nextBoolean() ? " " : ", ");
        }
        String json = Corpus.MAPPER.writeValueAsString(object(random, 0));
        for (AccessLevel level : List.of(AccessLevel.PARTIAL, AccessLevel.MASKED)) {
            View view = new View(level, Set.of());
            String once = masked(text.toString(), view);
            assertEquals(once, masked(once, view), "seed " + seed);
            Json document = masked(new Json(json), view);
            assertEquals(document, masked(document, view), "seed " + seed);
        }
    }

    private String masked(String text, View view) {
        return Masks.inText(text, detector.inText(text, DetectionRules.DEFAULT), view);
    }

    private Json masked(Json json, View view) {
        return Masks.inJson(json, detector.inJson(json.text(), DetectionRules.DEFAULT), view);
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 8)) {
            case 0 -> random.nextInt();
            case 1 -> 4242424242424242L;
            case 2 -> random.nextBoolean();
            case 3, 4 -> text(random);
            case 5 -> object(random, depth + 1);
            case 6 -> List.of(value(random, depth + 1), value(random, depth + 1));
            default -> Corpus.MAPPER.writeValueAsString(object(random, depth + 2));
        };
    }

    private static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            object.put(NAMES[random.nextInt(NAMES.length)], value(random, depth));
        }
        return object;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    /** Some of the letters and digits in strings as escapes. */
    private static String escaped(String json, Random random) {
        StringBuilder escaped = new StringBuilder();
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '\\') {
                escaped.append(c).append(json.charAt(++i));
                continue;
            }
            inString ^= c == '"';
            boolean afterEscape = escaped.length() > 5 && escaped.lastIndexOf("\\u") > escaped.length() - 6;
            if (inString && c != '"' && !afterEscape && c < 0xd800 && random.nextInt(5) == 0) {
                escaped.append("\\u%04x".formatted((int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String cut(String json, List<Finding> findings) {
        StringBuilder cut = new StringBuilder(json);
        for (Finding finding : findings.reversed()) {
            boolean bare = "-0123456789.eE+".indexOf(json.charAt(finding.start())) >= 0
                    && finding.start() > 0
                    && ":[, ".indexOf(json.charAt(finding.start() - 1)) >= 0
                    && (finding.end() == json.length() || ",]} ".indexOf(json.charAt(finding.end())) >= 0);
            cut.replace(finding.start(), finding.end(), bare ? "0" : "x");
        }
        return cut.toString();
    }

    private static boolean parses(String json) {
        try {
            Corpus.MAPPER.readTree(json);
            return true;
        } catch (tools.jackson.core.JacksonException e) {
            return false;
        }
    }

    private static String read(String written) {
        return written.matches("-?[0-9.eE+]+") ? written : Corpus.MAPPER.readValue("\"" + written + "\"", String.class);
    }

    private static boolean splits(String text, int at) {
        return at > 0
                && at < text.length()
                && Character.isLowSurrogate(text.charAt(at))
                && Character.isHighSurrogate(text.charAt(at - 1));
    }
}
