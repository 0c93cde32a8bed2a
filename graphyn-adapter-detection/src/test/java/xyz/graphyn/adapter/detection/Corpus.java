package xyz.graphyn.adapter.detection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Labelled texts and JSON documents, with what their labels mean. Its README says how to score. */
final class Corpus {
    /** Where it lies, if not in {@value #PLACE} of this directory or one above. */
    private static final String PROPERTY = "graphyn.corpus";

    private static final String PLACE = "shared/corpora/masking";
    static final JsonMapper MAPPER = JsonMapper.shared();

    /** @param end in UTF-16 units */
    record Span(int start, int end, String kind) {
        boolean meets(int from, int to) {
            return start < to && from < end;
        }
    }

    /**
     * @param text of the text or of the JSON document
     * @param json whether it is a document; then {@code pointers} tells what is sensitive, not {@code spans}
     * @param scope the kinds that the author looked for
     */
    record Row(
            String id,
            String text,
            boolean json,
            List<Span> spans,
            List<Span> pointers,
            Set<String> scope,
            String kind,
            String source,
            String subtype,
            boolean negative,
            boolean ruleSpecific,
            boolean weak,
            boolean partial,
            Optional<Boolean> needsContext) {}

    private Corpus() {}

    static Optional<Path> find() {
        String property = System.getProperty(PROPERTY);
        if (property != null) {
            return Optional.of(Path.of(property));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(PLACE))) {
                return Optional.of(at.resolve(PLACE));
            }
        }
        return Optional.empty();
    }

    static List<Row> rows(Path file) {
        return lines(file).stream().map(Corpus::row).toList();
    }

    static List<JsonNode> lines(Path file) {
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(MAPPER.readTree(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    static Row row(JsonNode line) {
        boolean json = line.has("json");
        String text = json
                ? MAPPER.writeValueAsString(line.get("json"))
                : line.get("text").asString();
        List<Span> spans = new ArrayList<>();
        for (JsonNode span : line.path("spans")) {
            spans.add(new Span(
                    text.offsetByCodePoints(0, span.get(0).asInt()),
                    text.offsetByCodePoints(0, span.get(1).asInt()),
                    span.get(2).asString()));
        }
        List<Span> pointers = new ArrayList<>();
        for (JsonNode path : line.path("sensitive_paths")) {
            String kind = line.path("types").path(path.asString()).asString("AWS_SENSITIVE_TRAIT");
            pointers.add(new Span(0, 1, kind + " " + pointer(path.asString())));
        }
        Set<String> scope = new HashSet<>();
        line.path("scope").forEach(kind -> scope.add(kind.asString()));
        return new Row(
                line.get("id").asString(),
                text,
                json,
                spans,
                pointers,
                scope,
                line.get("kind").asString(),
                line.get("source").asString(),
                line.path("subtype").asString(""),
                line.path("negative").asBoolean(false),
                line.path("rule_specific").asBoolean(false),
                line.path("weak").asBoolean(false),
                line.path("partial_labels").asBoolean(false),
                line.has("needs_context")
                        ? Optional.of(line.get("needs_context").asBoolean())
                        : Optional.empty());
    }

    /** {@code $.a[0]['b.c']} as a JSON Pointer. */
    static String pointer(String path) {
        StringBuilder pointer = new StringBuilder();
        int at = 1;
        while (at < path.length()) {
            if (path.startsWith("['", at)) {
                int end = path.indexOf("']", at);
                pointer.append('/').append(path, at + 2, end);
                at = end + 2;
            } else if (path.charAt(at) == '[') {
                int end = path.indexOf(']', at);
                pointer.append('/').append(path, at + 1, end);
                at = end + 1;
            } else {
                int end = at + 1;
                while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                    end++;
                }
                pointer.append('/').append(path, at + 1, end);
                at = end;
            }
        }
        return pointer.toString();
    }
}
