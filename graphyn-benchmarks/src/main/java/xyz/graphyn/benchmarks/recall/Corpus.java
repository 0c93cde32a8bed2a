package xyz.graphyn.benchmarks.recall;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Conversations with questions, and for each question the turns that hold the answer. The file is JSON, gzipped if its name
 * says so: {@code {set: {conversations: [{id, turns: [{externalId, session, speaker, text, caption?, occurredAt}], questions:
 * [{question, category, evidence: [externalId]}]}]}}}.
 */
record Corpus(List<Conversation> conversations) {
    record Conversation(String set, String id, List<Turn> turns, List<Question> questions) {}

    record Turn(
            String externalId,
            String session,
            String speaker,
            String text,
            @Nullable String caption,
            @Nullable String occurredAt) {
        /** What was said, and what was shown. */
        String content() {
            return caption == null ? text : text + " [shares an image: " + caption + "]";
        }
    }

    /** @param evidence externalIds of turns, at least one */
    record Question(String question, String category, List<String> evidence) {}

    static Corpus read(Path file) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            List<Conversation> conversations = new ArrayList<>();
            for (var set : JsonMapper.shared().readTree(in).properties()) {
                for (JsonNode one : set.getValue().get("conversations")) {
                    conversations.add(conversation(set.getKey(), one));
                }
            }
            return new Corpus(conversations);
        }
    }

    private static Conversation conversation(String set, JsonNode one) {
        List<Turn> turns = new ArrayList<>();
        for (JsonNode turn : one.get("turns")) {
            turns.add(new Turn(
                    turn.get("externalId").asString(),
                    turn.get("session").asString(),
                    turn.get("speaker").asString(),
                    turn.get("text").asString(),
                    optional(turn, "caption"),
                    optional(turn, "occurredAt")));
        }
        List<Question> questions = new ArrayList<>();
        for (JsonNode question : one.get("questions")) {
            List<String> evidence = new ArrayList<>();
            question.get("evidence").forEach(id -> evidence.add(id.asString()));
            if (!evidence.isEmpty()) {
                questions.add(new Question(
                        question.get("question").asString(),
                        question.get("category").asString(),
                        evidence.stream().distinct().toList()));
            }
        }
        return new Conversation(set, one.get("id").asString(), turns, questions);
    }

    private static @Nullable String optional(JsonNode node, String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value.asString();
    }
}
