package xyz.graphyn.adapter.recall.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Masks;
import xyz.graphyn.domain.masking.View;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.Passages;
import xyz.graphyn.domain.memory.Span;

/**
 * A passage of a node's content.
 *
 * @param masked the same as {@code raw} if nothing is hidden in it
 */
record PassageText(Span span, String raw, String masked) {
    private static final View MASKED = new View(AccessLevel.MASKED, Set.of());

    /** What a reader sees of the properties from whom all that is sensitive is hidden. */
    static Json maskedProperties(Node node) {
        return Masks.inJson(node.properties(), node.findings().in("/properties"), MASKED);
    }

    static List<PassageText> of(Node node) {
        List<Finding> findings = node.findings().in("/content");
        List<PassageText> passages = new ArrayList<>();
        int next = 0;
        for (Span span : Passages.of(node.content(), findings)) {
            String raw = node.content().substring(span.start(), span.end());
            List<Finding> within = new ArrayList<>();
            for (; next < findings.size() && findings.get(next).end() <= span.end(); next++) {
                Finding finding = findings.get(next);
                within.add(new Finding(
                        finding.start() - span.start(), finding.end() - span.start(), finding.kind(), finding.rule()));
            }
            passages.add(new PassageText(span, raw, Masks.inText(raw, within, MASKED)));
        }
        return passages;
    }
}
