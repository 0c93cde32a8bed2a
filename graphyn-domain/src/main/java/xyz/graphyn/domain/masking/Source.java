package xyz.graphyn.domain.masking;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A text that was cut out of another, and where each of its units stood there. The table exists only where escapes moved them. */
final class Source {
    final String text;
    private final int base;
    private final int @Nullable [] places;

    private Source(String text, int base, int @Nullable [] places) {
        this.text = text;
        this.base = base;
        this.places = places;
    }

    static Source whole(String text) {
        return new Source(text, 0, null);
    }

    /** Where the unit stood in the outermost text; for the length of the text, where its last unit ended. */
    int place(int index) {
        return places == null ? base + index : places[index];
    }

    /** What stands between two places of this text, which is a JSON text, its escapes undone. */
    Source cut(int start, int end, boolean escaped) {
        if (escaped) {
            return decode(start, end);
        }
        String piece = text.substring(start, end);
        return places == null
                ? new Source(piece, base + start, null)
                : new Source(piece, 0, Arrays.copyOfRange(places, start, end + 1));
    }

    private Source decode(int start, int end) {
        char[] decoded = new char[end - start];
        int[] from = new int[end - start + 1];
        int length = 0;
        int i = start;
        while (i < end) {
            from[length] = place(i);
            char c = text.charAt(i);
            if (c != '\\' || i + 1 >= end) {
                decoded[length++] = c;
                i++;
                continue;
            }
            char escape = text.charAt(i + 1);
            int unit = escape == 'u' ? hex(i + 2, end) : -1;
            if (unit >= 0) {
                decoded[length++] = (char) unit;
                i += 6;
            } else {
                decoded[length++] = switch (escape) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    default -> escape;
                };
                i += 2;
            }
        }
        from[length] = place(end);
        return new Source(new String(decoded, 0, length), 0, Arrays.copyOf(from, length + 1));
    }

    private int hex(int start, int end) {
        if (start + 4 > end) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < start + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
