package xyz.graphyn.adapter.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.Detector;

/** Texts of our own, each with one sensitive value or with none: invented values, and examples from public specifications. */
class SamplesTest {
    private final Detector detector = new Detector(Detection.recognizers());

    static Stream<JsonNode> samples() {
        return SecretPrefixes.lines("samples.jsonl").stream().map(Corpus.MAPPER::readTree);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void findsWhatIsThereAndNothingElse(JsonNode sample) {
        String text = sample.get("text").asString();
        List<String> expected = sample.has("kind")
                ? List.of(sample.get("kind").asString() + " "
                        + sample.get("value").asString())
                : List.of();
        List<String> found = detector.inText(text, DetectionRules.DEFAULT).stream()
                .map(finding -> finding.kind() + " " + text.substring(finding.start(), finding.end()))
                .toList();
        assertEquals(expected, found);
    }
}
