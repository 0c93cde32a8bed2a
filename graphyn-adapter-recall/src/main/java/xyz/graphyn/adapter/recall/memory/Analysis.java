package xyz.graphyn.adapter.recall.memory;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.recall.text.Words;
import xyz.graphyn.application.memory.MessageReader;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.MaskedText;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.RememberedNode;
import xyz.graphyn.domain.memory.Span;

/**
 * What is read off one node by itself, which takes most of the time of taking it in. Many may be made at once.
 *
 * @param passages of the content, in its order
 */
public record Analysis(Node node, Optional<Embedding> embedding, List<Passage> passages, Text raw, Text masked) {
    /**
     * @param raw the words that tell something
     * @param masked the same list if nothing is hidden
     */
    record Passage(Span span, List<String> raw, List<String> masked) {}

    /** What one of the two texts tells as a whole. */
    record Text(@Nullable String speaker, Traits traits) {}

    public static Analysis of(RememberedNode remembered, Words words, MessageReader messages) {
        Node node = remembered.node();
        List<MaskedText.Passage> texts = MaskedText.passages(node);
        Text raw = text(messages.speaker(node.properties()), node.content());
        boolean open = node.findings().in("/content").isEmpty()
                && node.findings().in("/properties").isEmpty();
        Text masked = open ? raw : text(messages.speaker(MaskedText.properties(node)), masked(texts));
        return new Analysis(
                node,
                remembered.embedding(),
                texts.stream().map(text -> passage(text, words)).toList(),
                raw,
                masked);
    }

    private static String masked(List<MaskedText.Passage> texts) {
        return texts.stream().map(MaskedText.Passage::masked).collect(Collectors.joining());
    }

    private static Passage passage(MaskedText.Passage text, Words words) {
        List<String> raw = words.telling(text.raw());
        return new Passage(text.span(), raw, text.masked().equals(text.raw()) ? raw : words.telling(text.masked()));
    }

    private static Text text(Optional<String> speaker, String text) {
        return new Text(speaker.orElse(null), Traits.of(text, speaker.orElse(null)));
    }
}
