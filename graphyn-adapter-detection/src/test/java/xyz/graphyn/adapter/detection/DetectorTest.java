package xyz.graphyn.adapter.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.DetectionRules.CustomPattern;
import xyz.graphyn.domain.masking.DetectionRules.SensitiveField;
import xyz.graphyn.domain.masking.Detector;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.Located;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.validation.Invalid;

class DetectorTest {
    private final Detector detector = new Detector(Detection.recognizers());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            write to ann@example.com, please  | EMAIL | ann@example.com
            card 4242 4242 4242 4242 ok       | CREDIT_CARD | 4242 4242 4242 4242
            2-series 2223000048400011         | CREDIT_CARD | 2223000048400011
            to DE89 3704 0044 0532 0130 00.   | IBAN | DE89 3704 0044 0532 0130 00
            ssn 536-22-1234                   | US_SSN | 536-22-1234
            from 203.0.113.9:443              | IP_ADDRESS | 203.0.113.9
            at 2001:db8::ff00:42:8329/64.     | IP_ADDRESS | 2001:db8::ff00:42:8329/64
            nic 00:1a:2b:3c:4d:5e             | MAC_ADDRESS | 00:1a:2b:3c:4d:5e
            """)
    void findsInText(String text, String kind, String value) {
        List<Finding> findings = detector.inText(text, DetectionRules.DEFAULT);
        assertEquals(1, findings.size(), findings::toString);
        Finding found = findings.getFirst();
        assertEquals(value, text.substring(found.start(), found.end()));
        assertEquals(new Kind(kind), found.kind());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            at 1763891234567 ms
            4242 4242 4242 4241
            std::vector<int> a::b
            12:34:56 on 2026-11-23
            version 1.2.3.4 and v10.2.3.4
            DE89 3704 0044 0532 0130 01
            000-12-3456
            image@2x.png
            """)
    void findsNothingIn(String text) {
        assertEquals(List.of(), detector.inText(text, DetectionRules.DEFAULT));
    }

    @Test
    void findsInValuesNamesAndNumbersOfJson() {
        assertEquals(
                List.of("ann@example.com", "4242424242424242", "bob@example.com"),
                inJson(
                        "{\"ann@example.com\":{\"n\":4242424242424242},\"list\":[1,true,null,\"\",\"by bob@example.com.\"]}"));
    }

    @Test
    void findsBehindEscapes() {
        assertEquals(List.of("ann\\u0040example.com"), inJson("{\"a\":\"\\ud83d\\ude00 ann\\u0040example.com\\n\"}"));
        assertEquals(
                List.of(new Located("/a/0", false, 2, 17, Kind.EMAIL, "email")),
                detector.locate("{\"a\":[\"😀 ann\\u0040example.com\"]}", DetectionRules.DEFAULT));
    }

    @Test
    void findsInJsonThatStandsInStrings() {
        assertEquals(
                List.of("hunter2", "ann@example.com"),
                inJson(
                        "{\"a\":\"{\\\"password\\\":\\\"hunter2\\\",\\\"b\\\":\\\"[\\\\\\\"ann@example.com\\\\\\\"]\\\"}\"}"));
    }

    @Test
    void findsWholeValuesUnderSensitiveNames() {
        assertEquals(
                List.of("a b", "1234", "x1"),
                inJson("{\"userPassword\":\"a b\",\"db\":{\"card_pin\":1234},\"clientSecret\":[\"x1\",null,true]}"));
        assertEquals(List.of("hunter2"), inJson("{\"env\":[{\"name\":\"DB_PASSWORD\",\"value\":\"hunter2\"}]}"));
        assertEquals(List.of("hunter2"), inJson("{\"credentials\":{\"type\":\"basic\",\"main\":\"hunter2\"}}"));
        assertEquals(
                List.of(),
                inJson(
                        "{\"NextToken\":\"abcdefgh\",\"KeyId\":\"k1\",\"prompt_tokens\":12,\"max_tokens\":4000,\"passwordPolicy\":\"strict\","
                                + "\"ClientRequestToken\":\"abc\",\"AuthMode\":\"basic\",\"token\":\"Hello\"}"));
    }

    @Test
    void knowsTheFieldsAndPatternsOfAnOrganization() {
        DetectionRules rules = new DetectionRules(
                3,
                Set.of(),
                List.of(new SensitiveField("**.customer.name", new Kind("NAME"))),
                List.of(new CustomPattern("employee", "EMP-[0-9]+", new Kind("EMPLOYEE"))));
        detector.check(rules);
        assertEquals(RulesVersion.of(Detection.recognizers().version(), 3), detector.version(rules));
        assertEquals(
                List.of("Ann", "EMP-7"),
                inJson("{\"x\":[{\"customer\":{\"name\":\"Ann\",\"id\":\"EMP-7\"}}],\"name\":\"B\"}", rules));
    }

    @Test
    void refusesPatternsThatAreNone() {
        DetectionRules rules = new DetectionRules(
                1,
                Set.of(),
                List.of(),
                List.of(new CustomPattern("back", "(a)\\1", Kind.SECRET), new CustomPattern("open", "(", Kind.SECRET)));
        Invalid invalid = assertThrows(Invalid.class, () -> detector.check(rules));
        assertEquals(
                List.of("/patterns/0/regex", "/patterns/1/regex"),
                invalid.violations().stream().map(v -> v.pointer()).toList());
    }

    @Test
    void hidesTheRestWherePatternsMatchTooOften() {
        DetectionRules rules =
                new DetectionRules(1, Set.of(), List.of(), List.of(new CustomPattern("a", "a(.*b)?", Kind.SECRET)));
        String text = "a".repeat(5_000);
        List<Finding> findings = detector.inText(text, rules);
        int covered = findings.stream().mapToInt(Finding::length).sum();
        assertEquals(text.length(), covered);
        assertTrue(findings.size() < 1_000);
    }

    private List<String> inJson(String json) {
        return inJson(json, DetectionRules.DEFAULT);
    }

    private List<String> inJson(String json, DetectionRules rules) {
        return detector.inJson(json, rules).stream()
                .map(found -> json.substring(found.start(), found.end()))
                .toList();
    }
}
