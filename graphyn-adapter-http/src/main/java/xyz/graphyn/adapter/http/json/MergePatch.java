package xyz.graphyn.adapter.http.json;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.JsonStringEncoder;
import xyz.graphyn.domain.json.Json;

/**
 * Merges one object into another (RFC 7396). What the patch does not touch keeps the way it was written, number by
 * number, and its order; what is new stands behind it. A patch that changes no member leaves the whole text as it is, so
 * that it can be told from one that does; a member is the same if it is written the same.
 */
public final class MergePatch {
    private MergePatch() {}

    /** What becomes of a member that is an object itself; without it there is an empty one. */
    public static Json apply(Json target, Change<@Nullable Json> change) {
        return switch (change) {
            case Change.Keep<@Nullable Json> keep -> target;
            case Change.Remove<@Nullable Json> remove -> members(target.text()).isEmpty() ? target : Json.EMPTY;
            case Change.Become<@Nullable Json> become -> apply(target, requireNonNull(become.value()));
        };
    }

    public static Json apply(Json target, Json patch) {
        return new Json(merge(target.text(), patch.text()));
    }

    /** @return the very text of the target if no member becomes another */
    private static String merge(String target, String patch) {
        Map<String, String> members = members(target);
        boolean changed = false;
        for (Map.Entry<String, String> change : members(patch).entrySet()) {
            String present = members.get(change.getKey());
            String future = future(present, change.getValue());
            if (!Objects.equals(present, future)) {
                changed = true;
                members.compute(change.getKey(), (name, text) -> future);
            }
        }
        return changed ? write(members) : target;
    }

    /** What a member becomes; null if it goes, or is not there at all. */
    private static @Nullable String future(@Nullable String present, String patch) {
        if (patch.equals("null")) {
            return null;
        }
        if (patch.startsWith("{")) {
            return merge(present != null && present.startsWith("{") ? present : "{}", patch);
        }
        return patch;
    }

    /** The members of an object, each with the text of its value, in their order. */
    private static Map<String, String> members(String object) {
        Map<String, String> members = new LinkedHashMap<>();
        try (JsonParser json = JsonText.parser(object)) {
            Reading reading = new Reading.OfText(object, json);
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                members.put(name, reading.slice());
            }
        }
        return members;
    }

    private static String write(Map<String, String> members) {
        StringBuilder text = new StringBuilder("{");
        members.forEach((name, value) -> {
            if (text.length() > 1) {
                text.append(',');
            }
            text.append('"')
                    .append(JsonStringEncoder.getInstance().quoteAsCharArray(name))
                    .append("\":")
                    .append(value);
        });
        return text.append('}').toString();
    }
}
