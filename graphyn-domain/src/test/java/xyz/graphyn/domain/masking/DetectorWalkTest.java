package xyz.graphyn.domain.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorWalkTest {
    private final List<Passage> searched = new ArrayList<>();

    /** Finds each {@code #} with a letter on both sides, the letters lightly, and with the mark alone heavily. */
    private final Detector detector = new Detector(new Recognizers() {
        @Override
        public int version() {
            return 7;
        }

        @Override
        public Recognizer with(DetectionRules rules) {
            return (passage, hits) -> {
                searched.add(passage);
                for (int i = passage.text().indexOf('#');
                        i >= 0;
                        i = passage.text().indexOf('#', i + 1)) {
                    hits.add(i - 1, i + 2, new Kind("LIGHT"), "light", 1);
                    hits.add(i, i + 1, new Kind("HEAVY"), "heavy", 2);
                }
            };
        }
    });

    @Test
    void coversWhatAnyHitCoversAndLetsTheHeavierSayWhatItIs() {
        assertEquals(
                List.of("LIGHT 1-2", "HEAVY 2-3", "LIGHT 3-4", "HEAVY 4-5", "LIGHT 5-6"),
                detector.inText("xa#b#cx", DetectionRules.DEFAULT).stream()
                        .map(found -> found.kind() + " " + found.start() + "-" + found.end())
                        .toList());
    }

    @Test
    void searchesStringsNumbersAndNamesWithTheNamesAroundThem() {
        detector.inJson(
                "{\"a\":{\"b\":[\"x\",12,true,null,\"\"]},\"c\":\"{\\\"d\\\":\\\"y\\\"}\"}", DetectionRules.DEFAULT);
        assertEquals(
                List.of(
                        Passage.of("a"),
                        Passage.of("b"),
                        new Passage("x", "b", "", false),
                        new Passage("12", "b", "", true),
                        Passage.of("c"),
                        Passage.of("d"),
                        new Passage("y", "d", "c", false)),
                searched);
    }

    @Test
    void neitherSearchesNorHearsMasks() {
        detector.inText("by [PHONE], a***@example.com", DetectionRules.DEFAULT);
        assertEquals(List.of(Passage.of("by " + "\ufffc".repeat(7) + ", " + "\ufffc".repeat(16))), searched);
        assertEquals(
                List.of(),
                detector.inJson(
                        "{\"[EMAIL]\":\"x1\",\"password\":\"[PASSWORD]\",\"email\":\"[EMAIL] ***-**-6789\",\"token\":\"ab[SECRET]cd\"}",
                        DetectionRules.DEFAULT));
    }

    @Test
    void searchesAgainWithoutWhatItFound() {
        detector.inText("xa#b", DetectionRules.DEFAULT);
        assertEquals(List.of(Passage.of("xa#b"), Passage.of("x\ufffc\ufffc\ufffc")), searched);
    }

    @Test
    void namesItsRules() {
        assertEquals(RulesVersion.of(7, 0), detector.version(DetectionRules.DEFAULT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1,-2.5e+3,\"a\\\"b\",{\"a\":null}]", " {\"a\" : [ ] } \n"})
    void takesJsonForJson(String text) {
        assertTrue(JsonTokens.isDocument(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "{",
                "[1,]",
                "{\"a\":}",
                "{a:1}",
                "[1] x",
                "{\"a\":1,}",
                "[\"\n\"]",
                "[tru]",
                "{]",
                "[1}"
            })
    void takesNothingElseForJson(String text) {
        assertFalse(JsonTokens.isDocument(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "userPassword",
                "user_password",
                "DB-PASSWORD",
                "clientSecret",
                "apiKey",
                "API_KEY",
                "accessToken",
                "ssn",
                "cardNumber",
                "credit_card_number",
                "emailAddress",
                "phone",
                "dateOfBirth",
                "passwordHash",
                "connectionString"
            })
    void knowsSensitiveNames(String name) {
        assertTrue(SensitiveNames.kindOf(name).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NextToken",
                "KeyId",
                "prompt_tokens",
                "max_tokens",
                "ClientRequestToken",
                "AuthMode",
                "passwordPolicy",
                "monkey",
                "sessionId",
                "publicKey",
                "secretArn",
                "emailVerified",
                "passed",
                "compass",
                "discard"
            })
    void knowsNamesThatLookAlike(String name) {
        assertEquals(Optional.empty(), SensitiveNames.kindOf(name));
    }
}
