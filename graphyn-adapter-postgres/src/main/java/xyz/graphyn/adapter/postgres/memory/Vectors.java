package xyz.graphyn.adapter.postgres.memory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.Embedding.Passage;
import xyz.graphyn.domain.memory.Span;

/** An embedding as the columns {@code starts}, {@code ends} and {@code vectors}. */
public final class Vectors {
    private Vectors() {}

    /**
     * All vectors, one after the other.
     *
     * @throws IllegalArgumentException if they are not of one length
     */
    public static byte[] joined(Embedding embedding) {
        if (embedding.passages().isEmpty()) {
            return new byte[0];
        }
        int length = embedding.passages().getFirst().vector().length;
        byte[] all = new byte[Math.multiplyExact(length, embedding.passages().size())];
        int at = 0;
        for (Passage passage : embedding.passages()) {
            if (passage.vector().length != length) {
                throw new IllegalArgumentException("vectors of different lengths");
            }
            System.arraycopy(passage.vector(), 0, all, at, length);
            at += length;
        }
        return all;
    }

    /** Empty where the columns are null: the node has no embedding of the model. */
    static Optional<Embedding> embedding(ResultSet row, String model) throws SQLException {
        byte[] vectors = row.getBytes("vectors");
        if (vectors == null) {
            return Optional.empty();
        }
        Integer[] starts = (Integer[]) row.getArray("starts").getArray();
        Integer[] ends = (Integer[]) row.getArray("ends").getArray();
        int length = starts.length == 0 ? 0 : vectors.length / starts.length;
        List<Passage> passages = new ArrayList<>(starts.length);
        for (int i = 0; i < starts.length; i++) {
            passages.add(new Passage(
                    new Span(starts[i], ends[i]), Arrays.copyOfRange(vectors, i * length, (i + 1) * length)));
        }
        return Optional.of(new Embedding(model, passages));
    }
}
