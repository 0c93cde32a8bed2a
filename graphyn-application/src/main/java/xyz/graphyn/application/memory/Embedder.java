package xyz.graphyn.application.memory;

import java.util.List;

/**
 * A model of meaning: texts that mean the like have vectors that are near each other. It is deterministic, and safe for use by
 * many threads; where it computes, it does so on threads of its own, a bounded number of them.
 */
public interface Embedder {
    /** Names the model and all else that its vectors depend on. Vectors of another name are made anew. */
    String model();

    /**
     * @param passages at most {@value #MAX_BATCH} masked texts, each of a length that {@link
     *     xyz.graphyn.domain.memory.Passages} allows
     * @return the vector of each, in their order, all of one length
     * @throws xyz.graphyn.application.access.Refusal.Unavailable if the model can't be reached for now
     */
    List<byte[]> embed(List<String> passages);

    /**
     * How like the meanings of two passages are, by vectors of this model: their cosine, about -1 to 1. The same for the same
     * vectors on every machine.
     */
    float similarity(byte[] one, byte[] other);

    int MAX_BATCH = 256;
}
