package xyz.graphyn.adapter.http.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A stream line by line: each line looks like a stream of its own, which ends before the line feed. */
final class Lines extends InputStream {
    private static final int BUFFER = 8 * 1_024;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private int number;
    private boolean inLine;

    Lines(InputStream in) {
        this.in = in;
    }

    /** Goes to the next line, from the end of the one before. False if there is none, not even an empty one. */
    boolean next() {
        try {
            inLine = fill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        number++;
        return inLine;
    }

    /** The present line's, from 1. */
    int number() {
        return number;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!inLine || !fill()) {
            inLine = false;
            return -1;
        }
        int wanted = Math.min(length, limit - position);
        int count = 0;
        while (count < wanted && buffer[position + count] != '\n') {
            count++;
        }
        if (count == 0 && wanted > 0) {
            position++;
            inLine = false;
            return -1;
        }
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Makes sure of at least one byte; false at the end. */
    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(in.read(buffer), 0);
        }
        return limit > 0;
    }
}
