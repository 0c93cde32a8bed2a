package xyz.graphyn.testkit.memory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.memory.Embedder;

/** Takes the first bytes of a text for its meaning, and remembers what it was given. It can be away, and refuse texts. */
public final class FakeEmbedder implements Embedder {
    private static final int LENGTH = 8;

    private final String model;
    private final List<String> given = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private volatile String refused = "\0";

    public FakeEmbedder(String model) {
        this.model = model;
    }

    /** From now on. */
    public void setAway(boolean away) {
        this.away = away;
    }

    /** From now on, texts that hold this; the empty one is in all. */
    public void refuse(String part) {
        refused = part;
    }

    /** Every text that was embedded, in order. */
    public List<String> given() {
        return List.copyOf(given);
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public List<byte[]> embed(List<String> passages) {
        if (passages.size() > MAX_BATCH) {
            throw new IllegalArgumentException("too many at a time");
        }
        if (away) {
            throw new Refusal.Unavailable("The model is away.", Duration.ofSeconds(1));
        }
        if (passages.stream().anyMatch(passage -> passage.contains(refused))) {
            throw new IllegalArgumentException("a text that this model does not take");
        }
        given.addAll(passages);
        return passages.stream().map(FakeEmbedder::vector).toList();
    }

    /** The share of the bytes that are the same. */
    @Override
    public float similarity(byte[] one, byte[] other) {
        int same = 0;
        for (int i = 0; i < Math.min(one.length, other.length); i++) {
            same += one[i] == other[i] ? 1 : 0;
        }
        return (float) same / Math.max(1, Math.max(one.length, other.length));
    }

    /** What it makes of a text. */
    public static byte[] vector(String text) {
        return Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), LENGTH);
    }
}
