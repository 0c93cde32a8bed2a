package xyz.graphyn.adapter.recall.embedding;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which model of meaning to use. Prints without the key.
 *
 * @param kind which sort
 * @param threads on which the local model computes, 1 to 64: each takes one processor while it does
 * @param baseUrl of the endpoint, to which {@code /embeddings} is appended; null unless remote
 * @param model as the endpoint calls it; null unless remote
 * @param key that the endpoint asks for; null for none
 * @param timeout for one answer of the endpoint; positive
 */
public record EmbedderConfiguration(
        Kind kind,
        int threads,
        @Nullable URI baseUrl,
        @Nullable String model,
        @Nullable String key,
        Duration timeout) {
    /** Where meaning comes from. */
    public enum Kind {
        /** The model that comes with Graphyn. */
        LOCAL,
        /** Nowhere: memory is searched by its words. */
        NONE,
        /** An endpoint like OpenAI's. */
        REMOTE
    }

    private static final int MOST_THREADS = 64;
    private static final int LONGEST_MODEL = 200;
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);
    private static final Set<String> SCHEMES = Set.of("http", "https");

    public static final EmbedderConfiguration NONE =
            new EmbedderConfiguration(Kind.NONE, 1, null, null, null, USUAL_TIMEOUT);

    /** @throws IllegalArgumentException saying what is wrong, without the URL and the key */
    public EmbedderConfiguration {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("threads must be 1 to " + MOST_THREADS);
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("the timeout must be positive");
        }
        if (kind == Kind.REMOTE) {
            check(baseUrl, model);
        } else if (baseUrl != null || model != null || key != null) {
            throw new IllegalArgumentException("an address, a model and a key are for a remote model only");
        }
    }

    private static void check(@Nullable URI baseUrl, @Nullable String model) {
        if (baseUrl == null
                || baseUrl.getScheme() == null
                || !SCHEMES.contains(baseUrl.getScheme())
                || baseUrl.getHost() == null) {
            throw new IllegalArgumentException("the address must begin with http:// or https://, and name a host");
        }
        if (baseUrl.getUserInfo() != null || baseUrl.getQuery() != null || baseUrl.getFragment() != null) {
            throw new IllegalArgumentException("the address takes no user, no ?query and no #fragment");
        }
        if (model == null || model.isBlank() || model.length() > LONGEST_MODEL) {
            throw new IllegalArgumentException("a remote model has a name of 1 to " + LONGEST_MODEL + " characters");
        }
    }

    /** The model that comes with Graphyn. */
    public static EmbedderConfiguration local(int threads) {
        return new EmbedderConfiguration(Kind.LOCAL, threads, null, null, null, USUAL_TIMEOUT);
    }

    public static EmbedderConfiguration remote(URI baseUrl, String model, @Nullable String key, Duration timeout) {
        return new EmbedderConfiguration(Kind.REMOTE, 1, baseUrl, model, key, timeout);
    }

    @Override
    public String toString() {
        return "EmbedderConfiguration[" + kind + ", threads=" + threads + ", model=" + model + ", host="
                + (baseUrl == null ? null : baseUrl.getHost()) + ", timeout=" + timeout + "]";
    }
}
