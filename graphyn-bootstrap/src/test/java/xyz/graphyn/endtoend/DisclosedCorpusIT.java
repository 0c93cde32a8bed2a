package xyz.graphyn.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Labelled documents and texts of other projects, recorded as events and read back by each role. What the detector found must
 * not survive below raw; what it missed is counted, for that is its recall.
 */
class DisclosedCorpusIT {
    private static final String CORPUS = "shared/corpora/masking/dev.jsonl.gz";

    /** Enough of each label, and quick. */
    private static final int MOST_TEXTS = 300;

    private static final int BATCH = 50;

    /** Takes a model of language, which is not promised. */
    private static final Set<String> NOT_PROMISED =
            Set.of("PERSON", "ADDRESS", "LOCATION", "ORGANIZATION", "AGE", "TITLE", "NRP");

    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z0-9_-]+)|\\['([^']*)']|\\[(\\d+)]");

    @TempDir
    static Path home;

    /** @param values what is labelled as sensitive */
    private record Labelled(String payload, List<String> values) {}

    private static Stream<String> lines() throws IOException {
        Optional<Path> corpus = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(folder -> folder.resolve(CORPUS))
                .filter(Files::exists)
                .findFirst();
        assumeTrue(corpus.isPresent(), "The corpus is not beside the repository, so this is not tested: " + CORPUS);
        BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(corpus.get())), StandardCharsets.UTF_8));
        return reader.lines();
    }

    private static List<Labelled> rows() throws IOException {
        List<Labelled> rows = new ArrayList<>();
        int texts = 0;
        try (Stream<String> lines = lines()) {
            for (String line : (Iterable<String>) lines::iterator) {
                JsonNode row = Api.JSON.readTree(line);
                boolean weak = row.path("weak").asBoolean(false);
                if (row.path("json").isObject() && !row.path("sensitive_paths").isEmpty()) {
                    List<String> values = new ArrayList<>();
                    row.get("sensitive_paths")
                            .forEach(
                                    path -> at(row.get("json"), path.asString()).ifPresent(values::add));
                    rows.add(new Labelled(row.get("json").toString(), values));
                } else if (!weak && texts < MOST_TEXTS && isPromised(row.path("spans"))) {
                    String text = row.get("text").asString();
                    List<String> values = new ArrayList<>();
                    row.get("spans")
                            .forEach(span -> values.add(text.substring(
                                    text.offsetByCodePoints(0, span.get(0).asInt()),
                                    text.offsetByCodePoints(0, span.get(1).asInt()))));
                    ObjectNode payload = Api.JSON.createObjectNode().put("content", text);
                    rows.add(new Labelled(payload.toString(), values));
                    texts++;
                }
            }
        }
        return rows;
    }

    private static boolean isPromised(JsonNode spans) {
        if (spans.isEmpty()) {
            return false;
        }
        for (JsonNode span : spans) {
            if (NOT_PROMISED.contains(span.get(2).asString())) {
                return false;
            }
        }
        return true;
    }

    /** The text or number at a JSONPath of plain steps; empty where it is none. */
    private static Optional<String> at(JsonNode document, String path) {
        JsonNode node = document;
        Matcher steps = STEP.matcher(path);
        for (int end = 1; end < path.length(); end = steps.end()) {
            if (!steps.find(end) || steps.start() != end) {
                return Optional.empty();
            }
            node = steps.group(3) != null
                    ? node.path(Integer.parseInt(steps.group(3)))
                    : node.path(steps.group(1) != null ? steps.group(1) : steps.group(2));
        }
        return node.isValueNode() ? Optional.of(node.asString()) : Optional.empty();
    }

    private static String batch(List<Labelled> rows) {
        StringBuilder events = new StringBuilder();
        for (Labelled row : rows) {
            events.append(events.isEmpty() ? "" : ",")
                    .append("{\"type\":\"message\",\"payload\":")
                    .append(row.payload())
                    .append('}');
        }
        return "{\"events\":[" + events + "]}";
    }

    @Test
    void nothingThatIsFoundSurvivesBelowRaw() throws IOException {
        List<Labelled> rows = rows();
        assertTrue(rows.size() > 100, () -> rows.size() + " rows");
        List<String> leaks = new ArrayList<>();
        try (RunningServer server = RunningServer.start(home)) {
            Api ada = server.as("ada", "acme", "admin");
            String agent = ada.newAgent("Corpus");
            for (int from = 0; from < rows.size(); from += BATCH) {
                ada.post(agent + "/events/batch", batch(rows.subList(from, Math.min(rows.size(), from + BATCH))))
                        .expect(201);
            }
            List<JsonNode> raw = ada.all(agent + "/events?order=asc&limit=200");
            assertEquals(rows.size(), raw.size());
            for (Map.Entry<String, String> reader :
                    Map.of("partial", "member", "masked", "viewer").entrySet()) {
                boolean hints = reader.getKey().equals("partial");
                List<JsonNode> shown =
                        server.as("reader", "acme", reader.getValue()).all(agent + "/events?order=asc&limit=200");
                int labels = 0;
                int missed = 0;
                for (int i = 0; i < rows.size(); i++) {
                    Labelled row = rows.get(i);
                    String payload = shown.get(i).get("payload").toString();
                    SensitiveRow found =
                            new SensitiveRow.Builder().json(row.payload()).build();
                    found.survivors(payload, hints)
                            .forEach(piece -> leaks.add(reader.getKey() + " " + piece + " in " + payload));
                    assertEquals(
                            "",
                            SensitiveRow.difference(
                                    Api.JSON.readTree(row.payload()),
                                    shown.get(i).get("payload"),
                                    ""));
                    labels += row.values().size();
                    for (String value : row.values()) {
                        missed += SensitiveRow.spelledOut(payload).contains(value) ? 1 : 0;
                    }
                }
                System.out.println("Corpus at " + reader.getKey() + ": " + rows.size() + " rows, " + labels
                        + " labelled values, of which the detector missed " + missed);
            }
        }
        assertEquals(List.of(), leaks);
    }
}
