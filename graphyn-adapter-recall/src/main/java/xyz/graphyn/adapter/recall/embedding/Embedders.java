package xyz.graphyn.adapter.recall.embedding;

import java.util.Objects;
import java.util.Optional;

/** Makes the embedder that a configuration asks for. */
public final class Embedders {
    private Embedders() {}

    /** @return empty if none is wanted. Opening the local one takes about half a second */
    public static Optional<QuestionEmbedder> open(EmbedderConfiguration configuration) {
        return switch (configuration.kind()) {
            case NONE -> Optional.empty();
            case LOCAL -> Optional.of(new LocalEmbedder(configuration.threads()));
            case REMOTE ->
                Optional.of(new RemoteEmbedder(
                        Objects.requireNonNull(configuration.baseUrl()),
                        Objects.requireNonNull(configuration.model()),
                        configuration.key(),
                        configuration.timeout()));
        };
    }
}
