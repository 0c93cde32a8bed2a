package xyz.graphyn.adapter.http.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import xyz.graphyn.adapter.http.problem.Mistake;
import xyz.graphyn.adapter.http.problem.Problem;

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
        note(json.streamReadContext().pathAsPointer(), code, message);
        json.skipChildren();
        return null;
    }

    /** Notes a mistake about a member of the object that has just ended. */
    void mistakeInMember(String name, String code, String message) {
        note(json.streamReadContext().pathAsPointer().appendProperty(name), code, message);
    }

    /** Stops reading when there are more than anyone mends in one go: a large body could hold millions. */
    private void note(JsonPointer pointer, String code, String message) {
        mistakes.add(Mistake.atPointer(pointer.toString(), code, message));
        if (mistakes.size() == Problem.MAX_MISTAKES) {
            throw Problem.validation(mistakes).thrown();
        }
    }

    /** Ends the reading inside a list that is too long. */
    RuntimeException tooMany(int max) {
        JsonPointer list = json.streamReadContext().getParent().pathAsPointer();
        mistakes.add(tooManyAt(list.toString(), max));
        return Problem.validation(mistakes).thrown();
    }

    /** The same where nothing else is known to be wrong. */
    static RuntimeException tooMany(String list, int max) {
        return Problem.validation(tooManyAt(list, max)).thrown();
    }

    private static Mistake tooManyAt(String list, int max) {
        return Mistake.atPointer(list, "too-many", "must have at most " + max + " entries");
    }

    /** The present value as it was written, and goes past it. */
    String slice() {
        int start = (int) json.currentTokenLocation().getCharOffset();
        json.skipChildren();
        json.finishToken();
        return text.substring(start, (int) json.currentLocation().getCharOffset());
    }
}
