package xyz.graphyn.adapter.recall.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.util.VectorUtil;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.recall.embedding.Vectors;
import xyz.graphyn.domain.memory.Span;

/**
 * The vectors of all nodes, each with a number below {@link #size}. They lie one after another in a few large arrays: a search
 * reads all of them, and where each is an array of its own, that takes several times as long.
 */
public final class VectorBlocks {
    /** Small enough that a garbage collector moves it like anything else. */
    private static final int BLOCK_BYTES = 1 << 18;

    /** An agent that remembers little must not take a whole block. */
    private static final int FIRST_VECTORS = 16;

    private static final long BYTES_PER_VECTOR = 48;

    private final Deque<Integer> free = new ArrayDeque<>();
    private int size;
    private int count;
    private int[] place = new int[FIRST_VECTORS];
    private @Nullable Span[] span = new Span[FIRST_VECTORS];

    /** Of the vectors in blocks; 0 as long as there is none. */
    private int dimensions;

    private int shift;
    private final List<byte[]> blocks = new ArrayList<>();

    /** Of another length: of a model that became another one under the same name. There are none, mostly. */
    private final Map<Integer, byte[]> others = new HashMap<>();

    VectorBlocks() {}

    int add(int at, Span of, byte[] vector) {
        if (dimensions == 0 && vector.length > 0) {
            dimensions = vector.length;
            shift = 31 - Integer.numberOfLeadingZeros(Math.max(1, BLOCK_BYTES / dimensions));
        }
        int number = free.isEmpty() ? size++ : free.pop();
        if (number == place.length) {
            place = Arrays.copyOf(place, 2 * number);
            span = Arrays.copyOf(span, 2 * number);
        }
        count++;
        place[number] = at;
        span[number] = of;
        if (vector.length == dimensions) {
            System.arraycopy(vector, 0, blockFor(number), offset(number), dimensions);
        } else {
            others.put(number, vector);
        }
        return number;
    }

    private byte[] blockFor(int number) {
        int block = number >> shift;
        while (blocks.size() <= block) {
            blocks.add(new byte[0]);
        }
        byte[] found = blocks.get(block);
        if (found.length <= offset(number)) {
            int vectors = Math.min(1 << shift, Math.max(FIRST_VECTORS, 2 * (offset(number) / dimensions)));
            found = Arrays.copyOf(found, Math.max(vectors * dimensions, offset(number) + dimensions));
            blocks.set(block, found);
        }
        return found;
    }

    private int offset(int number) {
        return (number & ((1 << shift) - 1)) * dimensions;
    }

    void remove(int number) {
        place[number] = Names.NONE;
        span[number] = null;
        others.remove(number);
        free.push(number);
        if (--count == 0) {
            free.clear();
            blocks.clear();
            size = 0;
            dimensions = 0;
        }
    }

    /** Numbers that are given, or were. */
    public int size() {
        return size;
    }

    /** Whose it is; {@link Names#NONE} if it was removed. */
    public int place(int number) {
        return place[number];
    }

    /** Where what it stands for is in the content. */
    public Span span(int number) {
        return Objects.requireNonNull(span[number]);
    }

    /**
     * How near vectors are to what is asked, by {@link Vectors#similarity}.
     *
     * @param into where each is written by its number; of one that was removed, anything
     * @param from the first
     * @param to behind the last
     */
    public void compare(byte[] asked, float[] into, int from, int to) {
        Arrays.fill(into, from, to, 0);
        if (asked.length == dimensions) {
            compareBlocks(asked, into, from, to);
        }
        others.forEach((number, other) -> {
            if (number >= from && number < to) {
                into[number] = Vectors.similarity(asked, other);
            }
        });
    }

    private void compareBlocks(byte[] asked, float[] into, int from, int to) {
        double square = Vectors.squareOf(dimensions);
        byte[] vector = new byte[dimensions];
        for (int number = from; number < to && number >> shift < blocks.size(); number++) {
            byte[] block = blocks.get(number >> shift);
            if (offset(number) < block.length) {
                System.arraycopy(block, offset(number), vector, 0, vector.length);
                into[number] = (float) (VectorUtil.dotProduct(asked, vector) / square);
            }
        }
    }

    long bytes() {
        long bytes = BYTES_PER_VECTOR * place.length;
        for (byte[] block : blocks) {
            bytes += block.length;
        }
        for (byte[] other : others.values()) {
            bytes += other.length + BYTES_PER_VECTOR;
        }
        return bytes;
    }
}
