package xyz.graphyn.adapter.recall.memory;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.Span;

/**
 * The passages of all nodes, each a unit of its own with a number below {@link #size}, and the vectors of their contents, which
 * may have been cut at other places, by other rules.
 */
public final class Units {
    private static final int FIRST_SIZE = 64;
    private static final int[] NO_UNITS = {};
    private static final byte[][] NO_VECTORS = {};
    private static final Span[] NO_SPANS = {};

    private static final long BYTES_PER_UNIT = 24;
    private static final long BYTES_PER_VECTOR = 48;

    private final Deque<Integer> free = new ArrayDeque<>();
    private int size;
    private int[] place = new int[FIRST_SIZE];
    private @Nullable Span[] span = new Span[FIRST_SIZE];
    private final int[][] length = {new int[FIRST_SIZE], new int[FIRST_SIZE]};

    private int[][] units = new int[FIRST_SIZE][];
    private byte[][][] vectors = new byte[FIRST_SIZE][][];
    private Span[][] vectorSpans = new Span[FIRST_SIZE][];
    private long vectorBytes;

    Units() {
        Arrays.fill(units, NO_UNITS);
        Arrays.fill(vectors, NO_VECTORS);
        Arrays.fill(vectorSpans, NO_SPANS);
    }

    int[] add(int at, List<Span> spans) {
        while (at >= units.length) {
            growPlaces();
        }
        int[] added = new int[spans.size()];
        for (int i = 0; i < added.length; i++) {
            int unit = free.isEmpty() ? size++ : free.pop();
            if (unit == place.length) {
                growUnits();
            }
            place[unit] = at;
            span[unit] = spans.get(i);
            added[i] = unit;
        }
        units[at] = added;
        return added;
    }

    void length(Side side, int unit, int words) {
        length[side.index][unit] = words;
    }

    void embed(int at, Embedding embedding) {
        vectors[at] =
                embedding.passages().stream().map(Embedding.Passage::vector).toArray(byte[][]::new);
        vectorSpans[at] =
                embedding.passages().stream().map(Embedding.Passage::span).toArray(Span[]::new);
        vectorBytes += bytes(vectors[at]);
    }

    int[] remove(int at) {
        int[] removed = units[at];
        for (int unit : removed) {
            span[unit] = null;
            free.push(unit);
        }
        vectorBytes -= bytes(vectors[at]);
        units[at] = NO_UNITS;
        vectors[at] = NO_VECTORS;
        vectorSpans[at] = NO_SPANS;
        return removed;
    }

    private static long bytes(byte[][] vectors) {
        return Arrays.stream(vectors)
                .mapToLong(vector -> vector.length + BYTES_PER_VECTOR)
                .sum();
    }

    private void growUnits() {
        int more = 2 * place.length;
        place = Arrays.copyOf(place, more);
        span = Arrays.copyOf(span, more);
        for (Side side : Side.values()) {
            length[side.index] = Arrays.copyOf(length[side.index], more);
        }
    }

    private void growPlaces() {
        int before = units.length;
        int more = 2 * before;
        units = Arrays.copyOf(units, more);
        Arrays.fill(units, before, more, NO_UNITS);
        vectors = Arrays.copyOf(vectors, more);
        Arrays.fill(vectors, before, more, NO_VECTORS);
        vectorSpans = Arrays.copyOf(vectorSpans, more);
        Arrays.fill(vectorSpans, before, more, NO_SPANS);
    }

    public int size() {
        return size;
    }

    /** Whose it is. */
    public int place(int unit) {
        return place[unit];
    }

    /** How many of its words tell something. */
    public int length(Side side, int unit) {
        return length[side.index][unit];
    }

    /** Those of a node, in the order of its content. Not a copy: nobody may change it. */
    public int[] of(int at) {
        return units[at];
    }

    /** Where it stands in the content of its node. */
    public Span span(int unit) {
        return java.util.Objects.requireNonNull(span[unit]);
    }

    /** Of a node, in the order of its content; none if it has not been embedded yet. Not a copy: nobody may change it. */
    public byte[][] vectors(int at) {
        return vectors[at];
    }

    /** Where what a vector stands for is in the content. */
    public Span spanOfVector(int at, int vector) {
        return vectorSpans[at][vector];
    }

    long bytes() {
        return vectorBytes + BYTES_PER_UNIT * size + 24L * units.length;
    }
}
