package xyz.graphyn.adapter.http.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;

/** One text while it is being read, with the mistakes found so far. */
abstract sealed class Reading permits Reading.OfText, Reading.OfStream {
    private final JsonParser json;
    private final Mistakes mistakes;

    private Reading(JsonParser json, Mistakes mistakes) {
        this.json = json;
        this.mistakes = mistakes;
    }

    JsonParser json() {
        return json;
    }

    JsonToken token() {
        return json.currentToken();
    }

    Mistakes mistakes() {
        return mistakes;
    }

    /** Goes on by one token; null at the end. */
    abstract @Nullable JsonToken next();

    /** Goes to the end of the present value. */
    abstract void skip();

    /** The present value as it was written, and goes to its end. */
    abstract String slice();

    /** Notes a mistake at the present place, and goes past the value that stands there. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // it is null always, which is of every type
    <T> @Nullable T mistake(String code, String message) {
        mistakes.add(pointer().toString(), code, message);
        skip();
        return null;
    }

    /** Notes a mistake about a member of the object that has just ended. */
    void mistakeInMember(String name, String code, String message) {
        mistakes.add(pointer().appendProperty(name).toString(), code, message);
    }

    /** Ends the reading inside a list that is too long. */
    RuntimeException tooMany(int max) {
        JsonPointer list = json.streamReadContext().getParent().pathAsPointer();
        mistakes.add(list.toString(), "too-many", "must have at most " + max + " entries");
        return mistakes.thrown();
    }

    JsonPointer pointer() {
        return json.streamReadContext().pathAsPointer();
    }

    /** Where the present token begins. */
    final long start() {
        return json.currentTokenLocation().getCharOffset();
    }

    /** Where the present token ends. */
    final long end() {
        json.finishToken();
        return json.currentLocation().getCharOffset();
    }

    /** Of text that is there as a whole, and keeps the rules. */
    static final class OfText extends Reading {
        private final String text;

        OfText(String text, JsonParser json) {
            super(json, new Mistakes());
            this.text = text;
        }

        @Override
        @Nullable JsonToken next() {
            return json().nextToken();
        }

        @Override
        void skip() {
            json().skipChildren();
        }

        @Override
        String slice() {
            int start = (int) start();
            skip();
            return text.substring(start, (int) end());
        }
    }

    /** Of text that still comes, and is checked on its way. */
    static final class OfStream extends Reading {
        private final TextWindow text;
        private final JsonRules rules;

        OfStream(TextWindow text, JsonParser json, JsonRules rules, Mistakes mistakes) {
            super(json, mistakes);
            this.text = text;
            this.rules = rules;
        }

        @Override
        @Nullable JsonToken next() {
            return rules.next();
        }

        @Override
        void skip() {
            if (!token().isStructStart()) {
                return;
            }
            int outside = json().streamReadContext().getNestingDepth() - 1;
            while (json().streamReadContext().getNestingDepth() > outside) {
                next(); // text that ends within is no JSON, which the parser says
            }
        }

        @Override
        String slice() {
            text.mark(start());
            skip();
            return text.cut(end());
        }
    }
}
