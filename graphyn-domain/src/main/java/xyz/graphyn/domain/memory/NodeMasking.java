package xyz.graphyn.domain.memory;

import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.masking.Disclosure;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Masks;
import xyz.graphyn.domain.masking.Seen;
import xyz.graphyn.domain.masking.View;

/** Nodes as somebody sees them. What is hidden has no findings any more: it can't be shown otherwise again. */
public final class NodeMasking {
    private NodeMasking() {}

    /**
     * Its labels stay distinct.
     *
     * @throws IllegalArgumentException if nobody has searched the node yet, and the view is not raw
     */
    public static Seen<Node> seen(Node node, View view) {
        Findings findings = node.findings();
        findings.requireFor(view);
        Disclosure disclosure = Disclosure.of(findings, view);
        if (disclosure.hidden() == 0) {
            return new Seen<>(node, disclosure);
        }
        Node masked = new Node(
                node.id(),
                node.agent(),
                Masks.inText(node.type(), findings.in("/type"), view),
                Masks.inText(node.content(), findings.in("/content"), view),
                Masks.inDistinct(node.labels(), "/labels", findings, view),
                Masks.inJson(node.properties(), findings.in("/properties"), view),
                node.tokens(),
                Masks.inOptional(node.sessionId(), findings.in("/sessionId"), view),
                Masks.inOptional(node.externalId(), findings.in("/externalId"), view),
                source(node.source(), findings, view),
                node.supersession(),
                node.occurredAt(),
                node.createdAt(),
                node.updatedAt(),
                Findings.none(findings.rules()));
        return new Seen<>(masked, disclosure);
    }

    private static @Nullable NodeSource source(@Nullable NodeSource source, Findings findings, View view) {
        return source == null
                ? null
                : new NodeSource(
                        source.event(), Masks.inOptional(source.externalId(), findings.in("/sourceExternalId"), view));
    }
}
