package xyz.graphyn.adapter.http.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes text while it comes in, and holds as much of it as a value may still be cut from: what was read last, or
 * everything from a place that was marked. Strictly UTF-8: overlong forms and encoded surrogates are refused, which the
 * parser's own decoder lets pass.
 */
final class TextWindow extends Reader {
    private static final int BUFFER = 8 * 1_024;
    private static final long NOWHERE = -1;

    private final InputStream in;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final StringBuilder held = new StringBuilder();
    private long heldFrom;
    private long mark = NOWHERE;
    private boolean ended;

    TextWindow(InputStream in) {
        this.in = in;
    }

    /** The text before what can't be decoded was read to its end. */
    static final class NotUtf8 extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NotUtf8() {
            super("not UTF-8", null, false, false);
        }
    }

    /** Begins to count anew, for text of its own that comes by the same stream. */
    void restart() {
        decoder.reset();
        held.setLength(0);
        heldFrom = 0;
        mark = NOWHERE;
        ended = false;
    }

    /** @throws NotUtf8 if nothing but malformed bytes is left */
    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        CharBuffer chars = CharBuffer.wrap(target, offset, length);
        while (chars.position() == 0 && !ended) {
            CoderResult result = decoder.decode(bytes, chars, false);
            if (result.isError() && chars.position() == 0) {
                throw new NotUtf8();
            }
            if (chars.position() == 0) {
                fill(chars);
            }
        }
        int count = chars.position();
        keep(target, offset, count);
        return count == 0 ? -1 : count;
    }

    private void fill(CharBuffer chars) throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        bytes.position(bytes.position() + Math.max(read, 0)).flip();
        if (read < 0) {
            ended = true;
            if (decoder.decode(bytes, chars, true).isError()) {
                throw new NotUtf8();
            }
        }
    }

    private void keep(char[] chars, int offset, int count) {
        int unneeded = mark == NOWHERE ? held.length() : (int) (mark - heldFrom);
        held.delete(0, unneeded).append(chars, offset, count);
        heldFrom += unneeded;
    }

    /** Holds everything from this place on, which is in what was read last. */
    void mark(long from) {
        mark = from;
    }

    /** The text from the mark to a place that was read, and takes the mark away. */
    String cut(long to) {
        String text = held.substring((int) (mark - heldFrom), (int) (to - heldFrom));
        mark = NOWHERE;
        return text;
    }

    @Override
    public void close() {
        // The stream is its owner's to close: lines come by the same one.
    }
}
