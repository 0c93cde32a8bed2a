package xyz.graphyn.adapter.http.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import xyz.graphyn.adapter.http.problem.Mistake;

/** One document while it is being read, with the mistakes found so far. */
final class Reading {
    private final String text;
    private final JsonParser json;
    private final List<Mistake> mistakes = new ArrayList<>();

    Reading(String text, JsonParser json) {
        this.text = text;
        this.json = json;
    }

    JsonParser json() {
        return json;
    }

    JsonToken token() {
        return json.currentToken();
    }

    List<Mistake> mistakes() {
        return mistakes;
    }

    /** Notes a mistake at the present place, and goes past the value that stands there. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // it is null always, which is of every type
    <T> @Nullable T mistake(String code, String message) {
        mistakes.add(Mistake.atPointer(json.streamReadContext().pathAsPointer().toString(), code, message));
        json.skipChildren();
        return null;
    }

    /** Notes a mistake about a member of the object that has just ended. */
    void mistakeInMember(String name, String code, String message) {
        mistakes.add(Mistake.atPointer(
                json.streamReadContext().pathAsPointer().appendProperty(name).toString(), code, message));
    }

    /** The present value as it was written, and goes past it. */
    String slice() {
        int start = (int) json.currentTokenLocation().getCharOffset();
        json.skipChildren();
        json.finishToken();
        return text.substring(start, (int) json.currentLocation().getCharOffset());
    }
}
