package xyz.graphyn.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xyz.graphyn.adapter.detection.Detection;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.Detector;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Masks;
import xyz.graphyn.domain.masking.View;

/** The detector and the masks together, on texts and documents that neither was made for. */
class MaskedCorpusTest {
    private static final String CORPUS = "shared/corpora/masking/dev.jsonl.gz";
    private static final JsonMapper JSON = new JsonMapper();
    private static final View PARTIAL = new View(AccessLevel.PARTIAL, Set.of());
    private static final View MASKED = new View(AccessLevel.MASKED, Set.of());

    private final Detector detector = new Detector(Detection.recognizers());

    private String inText(String text, View view) {
        return Masks.inText(text, detector.inText(text, DetectionRules.DEFAULT), view);
    }

    private String inJson(String json, View view) {
        List<Finding> findings = detector.inJson(json, DetectionRules.DEFAULT);
        return Masks.inJson(new Json(json), findings, view).text();
    }

    private static void assertSameShape(JsonNode before, JsonNode after) {
        assertEquals(before.size(), after.size());
        if (before.isContainer()) {
            assertEquals(before.getNodeType(), after.getNodeType());
            Iterator<JsonNode> others = after.iterator();
            before.forEach(value -> assertSameShape(value, others.next()));
        } else if (!after.isString()) {
            assertEquals(before, after);
        }
    }

    @Test
    void masksStayTheSameWhenTheyAreFoundAgainAndDocumentsKeepTheirShape() throws IOException {
        Optional<Path> corpus = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(folder -> folder.resolve(CORPUS))
                .filter(Files::exists)
                .findFirst();
        assumeTrue(corpus.isPresent(), "The corpus is not beside the repository, so this is not tested: " + CORPUS);
        int documents = 0;
        int texts = 0;
        int changedAgain = 0;
        StringBuilder changes = new StringBuilder();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(corpus.get())), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode row = JSON.readTree(line);
                for (View view : List.of(PARTIAL, MASKED)) {
                    String once;
                    String twice;
                    if (row.path("json").isContainer()) {
                        String json = JSON.writeValueAsString(row.path("json"));
                        once = inJson(json, view);
                        twice = inJson(once, view);
                        assertSameShape(JSON.readTree(json), JSON.readTree(once));
                        documents++;
                    } else {
                        once = inText(row.path("text").asString(), view);
                        twice = inText(once, view);
                        texts++;
                    }
                    if (!once.equals(twice)) {
                        changedAgain++;
                        changes.append(view.level())
                                .append('\n')
                                .append(once)
                                .append('\n')
                                .append(twice)
                                .append('\n');
                    }
                }
            }
        }
        assertTrue(documents > 100 && texts > 1_000, documents + " documents, " + texts + " texts");
        assertEquals(0, changedAgain, changes::toString);
    }
}
