package xyz.graphyn.domain.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Masks;
import xyz.graphyn.domain.masking.View;

/** What of a node is there for readers from whom all that is sensitive is hidden, and for a model of meaning. */
public final class MaskedText {
    private static final View MASKED = new View(AccessLevel.MASKED, Set.of());

    private MaskedText() {}

    /**
     * A passage of a content.
     *
     * @param raw as it came
     * @param masked the same if nothing is hidden in it; may be longer
     */
    public record Passage(Span span, String raw, String masked) {}

    /** The content's, in its order, as {@link Passages} divides it. */
    public static List<Passage> passages(Node node) {
        List<Finding> findings = node.findings().in("/content");
        List<Passage> passages = new ArrayList<>();
        int next = 0;
        for (Span span : Passages.of(node.content(), findings)) {
            String raw = node.content().substring(span.start(), span.end());
            List<Finding> within = new ArrayList<>();
            for (; next < findings.size() && findings.get(next).end() <= span.end(); next++) {
                Finding finding = findings.get(next);
                within.add(new Finding(
                        finding.start() - span.start(), finding.end() - span.start(), finding.kind(), finding.rule()));
            }
            passages.add(new Passage(span, raw, Masks.inText(raw, within, MASKED)));
        }
        return passages;
    }

    public static Json properties(Node node) {
        return Masks.inJson(node.properties(), node.findings().in("/properties"), MASKED);
    }
}
