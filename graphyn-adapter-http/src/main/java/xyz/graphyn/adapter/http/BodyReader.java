package xyz.graphyn.adapter.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import xyz.graphyn.adapter.http.endpoint.BodySize;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.JsonBody;
import xyz.graphyn.adapter.http.endpoint.Received;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemException;
import xyz.graphyn.adapter.http.problem.ProblemType;

/**
 * Takes in bodies, within bounds of type, bytes, time and memory. No more is read than is needed to see that a bound is
 * passed, or that what is streamed is not worth reading on; the connection is closed then, because the rest of the body
 * stands between it and the next request.
 */
final class BodyReader {
    private static final String CONNECTION = "Connection";

    private final HttpConfiguration.Limits limits;

    BodyReader(HttpConfiguration.Limits limits) {
        this.limits = limits;
    }

    /** How many bytes a body of this size may have. */
    int maxBytes(BodySize size) {
        return switch (size) {
            case SMALL -> Math.min(1_024 * 1_024, limits.bodyBytes());
            case SINGLE -> limits.bodyBytes();
            case BATCH -> limits.batchBytes();
        };
    }

    /**
     * Which of these types the body is of.
     *
     * @throws xyz.graphyn.adapter.http.problem.ProblemException if it is of none, or compressed
     */
    static String type(HttpServletRequest request, Set<String> mediaTypes) {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.trim().equalsIgnoreCase("identity")) {
            throw Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body must not be compressed.")
                    .with("Accept-Encoding", "identity")
                    .thrown();
        }
        String header = String.valueOf(request.getHeader("Content-Type")).toLowerCase(Locale.ROOT);
        if (mediaTypes.contains(header)) {
            return header; // as nearly all write it
        }
        String type = header.replaceFirst(";.*", "").trim();
        if (!mediaTypes.contains(type) || !isUtf8(header)) {
            String expected = String.join(" or ", mediaTypes.stream().sorted().toList());
            throw Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body must be of type " + expected + ", in UTF-8.")
                    .thrown();
        }
        return type;
    }

    /** Whether no parameter says otherwise. */
    private static boolean isUtf8(String contentType) {
        return Arrays.stream(contentType.split(";", -1))
                .skip(1)
                .map(String::trim)
                .filter(parameter -> parameter.startsWith("charset"))
                .allMatch(parameter -> parameter.matches("charset=\"?utf-8\"?"));
    }

    /**
     * The body of a request to an endpoint that takes one.
     *
     * @throws xyz.graphyn.adapter.http.problem.ProblemException if a bound is passed, or a rule of JSON is broken
     */
    Received receive(Endpoint endpoint, HttpServletRequest request, BodyMemory.Lease memory) {
        JsonBody<?> body = endpoint.body().orElseThrow();
        String mediaType = type(request, body.mediaTypes());
        int max = maxBytes(body.size());
        if (request.getContentLengthLong() > max) {
            throw tooLarge(max);
        }
        Bounded in = new Bounded(request, max, memory);
        try {
            return endpoint.receive(in, mediaType);
        } catch (ProblemException refused) {
            throw in.ended()
                    ? refused
                    : refused.problem().with(CONNECTION, "close").thrown();
        }
    }

    /** A body that ends in a problem when it passes a bound. */
    private final class Bounded extends InputStream {
        private final HttpServletRequest request;
        private final int max;
        private final BodyMemory.Lease memory;
        private final long startedAt = System.nanoTime();
        private int length;
        private boolean ended;

        Bounded(HttpServletRequest request, int max, BodyMemory.Lease memory) {
            this.request = request;
            this.max = max;
            this.memory = memory;
        }

        /** Whether all of it was read. */
        boolean ended() {
            return ended || length == request.getContentLengthLong();
        }

        @Override
        public int read(byte[] target, int offset, int wanted) {
            int read = readAny(target, offset, wanted);
            if (read < 0) {
                ended = true;
                return read;
            }
            length += read;
            if (length > max) {
                throw tooLarge(max);
            }
            if (System.nanoTime() - startedAt > limits.bodyTimeout().toNanos()) {
                throw tooSlow();
            }
            memory.growTo(length);
            return read;
        }

        private int readAny(byte[] target, int offset, int wanted) {
            try {
                return request.getInputStream().read(target, offset, wanted);
            } catch (IOException failure) {
                throw broken(failure);
            }
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        /** Asks for one byte more than its length, where that is known, because only so the end is seen. */
        @Override
        public byte[] readAllBytes() throws IOException {
            long known = request.getContentLengthLong();
            return known < 0 ? super.readAllBytes() : readNBytes((int) known + 1);
        }
    }

    private static RuntimeException broken(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return tooSlow();
            }
            if (cause instanceof HttpException http) {
                return closing(ProblemType.ofStatus(http.getCode()), "The body is not well-formed HTTP.");
            }
        }
        return closing(ProblemType.MALFORMED_REQUEST, "The body broke off.");
    }

    private static RuntimeException tooLarge(int max) {
        return closing(ProblemType.CONTENT_TOO_LARGE, "The body must have at most " + max + " bytes.");
    }

    private static RuntimeException tooSlow() {
        return closing(ProblemType.REQUEST_TIMEOUT, "The body took too long to come.");
    }

    private static RuntimeException closing(ProblemType type, String detail) {
        return Problem.of(type, detail).with(CONNECTION, "close").thrown();
    }
}
