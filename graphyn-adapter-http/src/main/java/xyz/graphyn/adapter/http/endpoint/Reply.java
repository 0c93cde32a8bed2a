package xyz.graphyn.adapter.http.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.json.JsonWriter;

/**
 * What an endpoint answers when all went well.
 *
 * @param mediaType null where there is no body
 * @param type the record behind a JSON body; null for other bodies
 * @param example the body's text, or of one that is no JSON a part that shows what it is; null where there is no body
 * @param located whether {@code Location} names what was created, or where to go
 * @param showsStored whether it shows what was stored, with what is sensitive as its reader may see it
 */
public record Reply(
        int status,
        String description,
        @Nullable String mediaType,
        @Nullable Class<?> type,
        @Nullable String example,
        boolean located,
        boolean showsStored) {

    public Reply {
        if (mediaType != null) {
            Objects.requireNonNull(example, "A body needs an example");
        }
    }

    public static Reply json(int status, String description, Record example) {
        return new Reply(status, description, "application/json", example.getClass(), text(example), false, false);
    }

    /** 201, with the {@code Location} of what was created. */
    public static Reply created(String description, Record example) {
        return new Reply(201, description, "application/json", example.getClass(), text(example), true, false);
    }

    public static Reply noContent(String description) {
        return new Reply(204, description, null, null, null, false, false);
    }

    /** Another answer without a body. */
    public static Reply empty(int status, String description) {
        return new Reply(status, description, null, null, null, false, false);
    }

    /** 101: another protocol is spoken from here on. */
    public static Reply switching(String description) {
        return new Reply(101, description, null, null, null, false, false);
    }

    /** An address to go to, and no body. */
    public static Reply redirect(String description) {
        return new Reply(302, description, null, null, null, true, false);
    }

    /** Something that is no record: a document, a page, a script. */
    public static Reply document(String description, String mediaType, String example) {
        return new Reply(200, description, mediaType, null, example, false, false);
    }

    /** The same, of what was stored. */
    public Reply masked() {
        return new Reply(status, description, mediaType, type, example, located, true);
    }

    private static String text(Record example) {
        return new String(JsonWriter.write(example), StandardCharsets.UTF_8);
    }
}
