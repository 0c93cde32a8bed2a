package xyz.graphyn.adapter.recall;

import xyz.graphyn.adapter.recall.embedding.EmbedderConfiguration;

/**
 * What recall may take.
 *
 * @param embedder which model of meaning
 * @param memoryBytes how large the memories that are open may be together, from 16 MiB. One that is larger alone is open while
 *     it is the one that was used last, without vectors; one that is twice as large is refused
 * @param threads that search, 1 to 64
 * @param queue how many searches may wait for them, 1 to 10,000
 */
public record RecallConfiguration(EmbedderConfiguration embedder, long memoryBytes, int threads, int queue) {
    private static final long LEAST_BYTES = 16L << 20;
    private static final int MOST_THREADS = 64;
    private static final int LONGEST_QUEUE = 10_000;

    /** @throws IllegalArgumentException if one is out of its bounds */
    public RecallConfiguration {
        if (memoryBytes < LEAST_BYTES) {
            throw new IllegalArgumentException("recall needs at least " + LEAST_BYTES + " bytes");
        }
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("threads must be 1 to " + MOST_THREADS);
        }
        if (queue < 1 || queue > LONGEST_QUEUE) {
            throw new IllegalArgumentException("the queue must be 1 to " + LONGEST_QUEUE);
        }
    }

    /** The local model and a quarter of a gigabyte; a search waits for a hundred others at most, which take a second or two. */
    public static RecallConfiguration usual(int processors) {
        int threads = Math.clamp(processors, 1, MOST_THREADS);
        return new RecallConfiguration(EmbedderConfiguration.local(threads), 256L << 20, threads, 100 * threads);
    }
}
