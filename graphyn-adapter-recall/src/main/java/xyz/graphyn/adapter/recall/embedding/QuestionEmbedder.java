package xyz.graphyn.adapter.recall.embedding;

import xyz.graphyn.application.memory.Embedder;

/** An embedder that tells questions from what may answer them. */
public interface QuestionEmbedder extends Embedder, AutoCloseable {
    /**
     * @param question of any length; what is too long for the model is cut
     * @return to be compared with what {@link #embed} gives, by {@link Vectors#similarity}
     * @throws xyz.graphyn.application.access.Refusal.Unavailable if the model can't be reached for now
     */
    byte[] embedQuestion(String question);

    @Override
    void close();
}
