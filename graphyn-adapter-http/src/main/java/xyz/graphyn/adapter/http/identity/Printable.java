package xyz.graphyn.adapter.http.identity;

import org.jspecify.annotations.Nullable;

/** What a stranger has written, made fit for a log line: short, and of characters that can't forge another line. */
final class Printable {
    private static final int MAX_LENGTH = 120;

    private Printable() {}

    static String text(@Nullable String untrusted) {
        if (untrusted == null) {
            return "(none)";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(untrusted.length(), MAX_LENGTH); i++) {
            char c = untrusted.charAt(i);
            text.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return untrusted.length() > MAX_LENGTH ? text.append('…').toString() : text.toString();
    }
}
