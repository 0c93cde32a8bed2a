package xyz.graphyn.adapter.recall.memory;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
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
    private static final int[] NO_VECTORS = {};

    private static final long BYTES_PER_UNIT = 24;

    /** Of two arrays of one number each, with where they are kept. */
    private static final long BYTES_PER_PLACE = 64;

    private final Deque<Integer> free = new ArrayDeque<>();
    private int size;
    private int[] place = new int[FIRST_SIZE];
    private @Nullable Span[] span = new Span[FIRST_SIZE];

    private int[][] units = new int[FIRST_SIZE][];
    private int[][] vectors = new int[FIRST_SIZE][];
    private VectorBlocks blocks = new VectorBlocks();
    private boolean withoutVectors;

    Units() {
        Arrays.fill(units, NO_UNITS);
        Arrays.fill(vectors, NO_VECTORS);
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

    void embed(int at, Embedding embedding) {
        if (withoutVectors) {
            return;
        }
        vectors[at] = embedding.passages().stream()
                .mapToInt(passage -> blocks.add(at, passage.span(), passage.vector()))
                .toArray();
    }

    void dropVectors() {
        withoutVectors = true;
        blocks = new VectorBlocks();
        Arrays.fill(vectors, NO_VECTORS);
    }

    int[] remove(int at) {
        int[] removed = units[at];
        for (int unit : removed) {
            span[unit] = null;
            free.push(unit);
        }
        for (int vector : vectors[at]) {
            blocks.remove(vector);
        }
        units[at] = NO_UNITS;
        vectors[at] = NO_VECTORS;
        return removed;
    }

    private void growUnits() {
        int more = 2 * place.length;
        place = Arrays.copyOf(place, more);
        span = Arrays.copyOf(span, more);
    }

    private void growPlaces() {
        int before = units.length;
        int more = 2 * before;
        units = Arrays.copyOf(units, more);
        Arrays.fill(units, before, more, NO_UNITS);
        vectors = Arrays.copyOf(vectors, more);
        Arrays.fill(vectors, before, more, NO_VECTORS);
    }

    public int size() {
        return size;
    }

    /** Whose it is. */
    public int place(int unit) {
        return place[unit];
    }

    /** Those of a node, in the order of its content. Not a copy: nobody may change it. */
    public int[] of(int at) {
        return units[at];
    }

    /** Where it stands in the content of its node. */
    public Span span(int unit) {
        return Objects.requireNonNull(span[unit]);
    }

    /**
     * The numbers of a node's vectors, in the order of its content; none if it has not been embedded yet. Not a copy: nobody may
     * change it.
     */
    public int[] vectors(int at) {
        return vectors[at];
    }

    /** The vectors of all. */
    public VectorBlocks vectors() {
        return blocks;
    }

    long bytes() {
        return blocks.bytes() + BYTES_PER_UNIT * size + BYTES_PER_PLACE * units.length;
    }
}
