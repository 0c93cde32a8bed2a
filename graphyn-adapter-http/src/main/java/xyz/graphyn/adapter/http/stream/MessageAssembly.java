package xyz.graphyn.adapter.http.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.websocket.core.Frame;
import org.jspecify.annotations.Nullable;

/** Puts a client's messages together from their frames; holds nothing between them. For one thread at a time. */
final class MessageAssembly {
    private @Nullable ByteArrayOutputStream parts;

    /** What became of a frame. */
    sealed interface Outcome {
        /** The message goes on. */
        record Incomplete() implements Outcome {}

        record Whole(String text) implements Outcome {}

        record TooLarge() implements Outcome {}

        record NotUtf8() implements Outcome {}
    }

    /** @param frame of text, or one that continues it */
    Outcome add(Frame frame) {
        ByteBuffer payload = frame.getPayload();
        int length = payload == null ? 0 : payload.remaining();
        int before = parts == null ? 0 : parts.size();
        if (before + length > ClientMessage.MOST_BYTES) {
            parts = null;
            return new Outcome.TooLarge();
        }
        if (frame.isFin() && parts == null) {
            return decode(payload == null ? ByteBuffer.allocate(0) : payload.slice());
        }
        ByteArrayOutputStream all = parts == null ? new ByteArrayOutputStream(length) : parts;
        if (payload != null) {
            byte[] copy = new byte[length];
            payload.slice().get(copy);
            all.writeBytes(copy);
        }
        parts = frame.isFin() ? null : all;
        return frame.isFin() ? decode(ByteBuffer.wrap(all.toByteArray())) : new Outcome.Incomplete();
    }

    private static Outcome decode(ByteBuffer bytes) {
        try {
            return new Outcome.Whole(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException malformed) {
            return new Outcome.NotUtf8();
        }
    }
}
