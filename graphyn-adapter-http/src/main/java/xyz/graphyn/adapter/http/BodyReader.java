package xyz.graphyn.adapter.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import xyz.graphyn.adapter.http.endpoint.BodySize;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemType;

/**
 * Reads bodies, within bounds of type, bytes, time and memory. No more is read than is needed to see that a bound is
 * passed; the connection is closed then, because the rest of the body stands between it and the next request.
 */
final class BodyReader {
    private static final int FIRST_BYTES = 8 * 1_024;

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

    /** @throws xyz.graphyn.adapter.http.problem.ProblemException if a bound is passed */
    byte[] read(HttpServletRequest request, BodySize size, BodyMemory.Lease memory) {
        int max = maxBytes(size);
        if (request.getContentLengthLong() > max) {
            throw tooLarge(max);
        }
        try {
            return read(request.getInputStream(), max, memory);
        } catch (IOException failure) {
            throw broken(failure);
        }
    }

    private byte[] read(InputStream in, int max, BodyMemory.Lease memory) throws IOException {
        long startedAt = System.nanoTime();
        memory.growTo(FIRST_BYTES);
        byte[] bytes = new byte[FIRST_BYTES];
        int length = 0;
        while (true) {
            int read = in.read(bytes, length, bytes.length - length);
            if (read < 0) {
                return Arrays.copyOf(bytes, length);
            }
            length += read;
            if (length > max) {
                throw tooLarge(max);
            }
            if (Duration.ofNanos(System.nanoTime() - startedAt).compareTo(limits.bodyTimeout()) > 0) {
                throw tooSlow();
            }
            if (length == bytes.length) {
                int larger = (int) Math.min(2L * bytes.length, max + 1L);
                memory.growTo(larger);
                bytes = Arrays.copyOf(bytes, larger);
            }
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
        return Problem.of(type, detail).with("Connection", "close").thrown();
    }
}
