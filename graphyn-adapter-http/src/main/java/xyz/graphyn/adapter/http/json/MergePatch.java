package xyz.graphyn.adapter.http.json;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.JsonStringEncoder;
import xyz.graphyn.domain.json.Json;

/**
 * Merges one object into another (RFC 7396). What the patch does not touch keeps the way it was written, number by
 * number, and its order; what is new stands behind it.
 */
public final class MergePatch {
    private MergePatch() {}

    /** What becomes of a member that is an object itself; without it there is an empty one. */
    public static Json apply(Json target, Change<@Nullable Json> change) {
        return switch (change) {
            case Change.Keep<@Nullable Json> keep -> target;
            case Change.Remove<@Nullable Json> remove -> Json.EMPTY;
            case Change.Become<@Nullable Json> become -> apply(target, requireNonNull(become.value()));
        };
    }

    public static Json apply(Json target, Json patch) {
        return new Json(merge(members(target.text()), patch.text()));
    }

    private static String merge(Map<String, String> target, String patch) {
        members(patch).forEach((name, value) -> {
            if (value.equals("null")) {
                target.remove(name);
            } else if (value.startsWith("{")) {
                String present = target.getOrDefault(name, "{}");
                target.put(name, merge(present.startsWith("{") ? members(present) : new LinkedHashMap<>(), value));
            } else {
                target.put(name, value);
            }
        });
        return write(target);
    }

    /** The members of an object, each with the text of its value, in their order. */
    private static Map<String, String> members(String object) {
        Map<String, String> members = new LinkedHashMap<>();
        try (JsonParser json = JsonText.parser(object)) {
            Reading reading = new Reading(object, json);
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
