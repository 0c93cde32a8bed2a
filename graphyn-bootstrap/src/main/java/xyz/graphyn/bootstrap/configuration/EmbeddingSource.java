package xyz.graphyn.bootstrap.configuration;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where texts get their meaning from.
 *
 * @param endpoint like OpenAI's; null for a model of the server's own, or for none
 */
record EmbeddingSource(boolean none, @Nullable URI endpoint) {
    static final EmbeddingSource LOCAL = new EmbeddingSource(false, null);
    static final EmbeddingSource NONE = new EmbeddingSource(true, null);
}
