package xyz.graphyn.domain.memory;

import java.util.List;

/**
 * What a model makes of a node's masked content, passage by passage.
 *
 * @param model names what made it: embeddings of different names can't be compared
 * @param passages in the order of the content, of vectors of one length; none if the model takes nothing of this node
 */
public record Embedding(String model, List<Passage> passages) {
    public Embedding {
        passages = List.copyOf(passages);
    }

    /**
     * @param span where it stands in the content as it came
     * @param vector of the passage's masked text, as the embedder writes it; nobody else reads it. Not copied: nobody may
     *     change it
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and hundreds of thousands are held.
    public record Passage(Span span, byte[] vector) {}
}
