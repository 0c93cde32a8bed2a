package xyz.graphyn.adapter.http.json;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** UUIDs as text, in their one form (RFC 9562); {@link UUID#fromString} takes many others. */
public final class Uuids {
    public static final String RULE = "must be a UUID, such as 01935c3e-9a70-7c4b-8f5e-2f6f0c7d1b3a";

    private static final Pattern RFC_9562 =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Uuids() {}

    /** @return null if the text is no UUID */
    public static @Nullable UUID parse(String text) {
        return RFC_9562.matcher(text).matches() ? UUID.fromString(text) : null;
    }
}
