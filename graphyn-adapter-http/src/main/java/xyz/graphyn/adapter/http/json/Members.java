package xyz.graphyn.adapter.http.json;

import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import xyz.graphyn.domain.json.Json;

/** Single members of objects that have rules of their own. */
public final class Members {
    private Members() {}

    /** The object under this name, as it was written; empty if there is none, or something else. */
    public static Optional<Json> object(Json in, String name) {
        try (JsonParser json = JsonText.parser(in.text())) {
            json.nextToken();
            Reading reading = new Reading.OfText(in.text(), json);
            while (reading.next() == JsonToken.PROPERTY_NAME) {
                boolean meant = json.currentName().equals(name);
                if (reading.next() == JsonToken.START_OBJECT && meant) {
                    return Optional.of(new Json(reading.slice()));
                }
                reading.skip();
            }
            return Optional.empty();
        }
    }
}
