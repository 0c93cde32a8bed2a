package xyz.graphyn.domain.memory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.validation.Checks;

/**
 * A node as its author tells it.
 *
 * @param type for example {@code fact} or {@code preference}: 1 to {@value Checks#MAX_TYPE_NAME} characters, which
 *     {@value Checks#TYPE_NAME_RULE}
 * @param content what is remembered, 1 to {@value #MAX_CONTENT} code points
 * @param labels at most {@value #MAX_LABELS}, each 1 to {@value #MAX_LABEL} code points, none twice; their order is kept
 * @param properties at most {@value #MAX_PROPERTIES} characters of JSON
 * @param occurredAt when it happened or was learnt, cut to microseconds; null for the time of its arrival
 * @param sessionId the run or conversation it comes from, 1 to {@value Checks#MAX_IDENTIFIER} code points
 * @param externalId the author's own id, 1 to {@value Checks#MAX_IDENTIFIER} code points: one agent never has two nodes with
 *     the same, so that sending again is safe
 */
public record NodeDraft(
        String type,
        String content,
        List<String> labels,
        Json properties,
        @Nullable Instant occurredAt,
        @Nullable String sessionId,
        @Nullable String externalId) {
    public static final int MAX_CONTENT = 1_000_000;
    public static final int MAX_LABELS = 50;
    public static final int MAX_LABEL = 100;
    public static final int MAX_PROPERTIES = 65_536;
    /** As many as one request may hold: a transaction that stays well under a second. */
    public static final int MAX_BATCH = 1_000;

    /** @throws xyz.graphyn.domain.validation.Invalid with every mistake */
    public NodeDraft {
        Checks checks = new Checks()
                .typeName("/type", type)
                .text("/content", content, MAX_CONTENT)
                .atMost("/labels", labels.size(), MAX_LABELS)
                .json("/properties", properties, MAX_PROPERTIES)
                .time("/occurredAt", occurredAt)
                .identifier("/sessionId", sessionId)
                .identifier("/externalId", externalId);
        for (int i = 0; i < Math.min(labels.size(), MAX_LABELS); i++) {
            checks.text("/labels/" + i, labels.get(i), MAX_LABEL);
        }
        if (labels.stream().distinct().count() < labels.size()) {
            checks.add("/labels", "duplicate", "must not name a label twice");
        }
        checks.orThrow();
        labels = List.copyOf(labels);
        occurredAt = occurredAt == null ? null : occurredAt.truncatedTo(ChronoUnit.MICROS);
    }
}
