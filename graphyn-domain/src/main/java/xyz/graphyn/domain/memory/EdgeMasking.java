package xyz.graphyn.domain.memory;

import xyz.graphyn.domain.masking.Disclosure;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Masks;
import xyz.graphyn.domain.masking.Seen;
import xyz.graphyn.domain.masking.View;

/** Edges as somebody sees them. What is hidden has no findings any more: it can't be shown otherwise again. */
public final class EdgeMasking {
    private EdgeMasking() {}

    /** @throws IllegalArgumentException if nobody has searched the edge yet, and the view is not raw */
    public static Seen<Edge> seen(Edge edge, View view) {
        Findings findings = edge.findings();
        findings.requireFor(view);
        Disclosure disclosure = Disclosure.of(findings, view);
        if (disclosure.hidden() == 0) {
            return new Seen<>(edge, disclosure);
        }
        Edge masked = new Edge(
                edge.id(),
                edge.agent(),
                edge.from(),
                edge.to(),
                Masks.inText(edge.relation(), findings.in("/relation"), view),
                Masks.inJson(edge.properties(), findings.in("/properties"), view),
                edge.validFrom(),
                edge.validTo(),
                edge.derived(),
                edge.createdAt(),
                Findings.none(findings.rules()));
        return new Seen<>(masked, disclosure);
    }
}
