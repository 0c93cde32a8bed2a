package xyz.graphyn.adapter.http.json;

import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** UUIDs as text, in their one form (RFC 9562); {@link UUID#fromString} takes many others. */
public final class Uuids {
    public static final String RULE = "must be a UUID, such as 01935c3e-9a70-7c4b-8f5e-2f6f0c7d1b3a";

    private static final String FORM = "00000000-0000-0000-0000-000000000000";

    private Uuids() {}

    /** @return null if the text is no UUID */
    public static @Nullable UUID parse(String text) {
        return hasForm(text) ? UUID.fromString(text) : null;
    }

    private static boolean hasForm(String text) {
        if (text.length() != FORM.length()) {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) {
            char c = text.charAt(i);
            if (FORM.charAt(i) == '-' ? c != '-' : !HexFormat.isHexDigit(c)) {
                return false;
            }
        }
        return true;
    }
}
