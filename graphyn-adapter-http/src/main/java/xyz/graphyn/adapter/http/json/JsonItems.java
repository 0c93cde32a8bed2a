package xyz.graphyn.adapter.http.json;

import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import xyz.graphyn.adapter.http.problem.Mistake;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemException;
import xyz.graphyn.adapter.http.problem.ProblemType;
import xyz.graphyn.domain.validation.Invalid;

/**
 * Reads a list while it comes in: an object whose one member is the list, or the list's items as newline-delimited JSON.
 * Each item is checked and made into a draft before the next one is looked at, so that no more than one item is held as
 * text. All are taken or none, and the mistakes of all are told at once. Both forms mean the same, and their mistakes have
 * the same places.
 *
 * @param <T> an item as it is written, a record like those of {@link JsonReader}
 * @param <D> what is asked for by an item
 */
public final class JsonItems<T extends Record, D> {
    /** Newline-delimited JSON: one value on each line, blank lines passed over. */
    public static final String LINES = "application/x-ndjson";

    /** The object and its list, which lines leave out. */
    private static final int LEVELS_ABOVE_ITEM = 2;

    private final String list;
    private final RecordReader<T> reader;
    private final Function<T, D> draft;
    private final int maxItems;
    private final int maxKeys;

    /**
     * @param list the name of the member that holds the items
     * @param draft throws {@link Invalid} with pointers into the item
     * @param maxItems at the first one more the reading ends
     * @param maxKeys how many members all objects may have together
     */
    public JsonItems(String list, Class<T> type, Function<T, D> draft, int maxItems, int maxKeys) {
        this.list = list;
        this.reader = new RecordReader<>(type);
        this.draft = draft;
        this.maxItems = maxItems;
        this.maxKeys = maxKeys;
    }

    /** The name of the list. */
    public String list() {
        return list;
    }

    /**
     * Reads {@code {"list":[…]}}. The stream is read no further than to a mistake that makes the rest not worth looking at.
     *
     * @return one for each item, in their order
     * @throws ProblemException with every mistake of every item, each at its place
     */
    public List<D> read(InputStream body) {
        Items items = new Items();
        items.readText(new TextWindow(body), 0, items::envelope);
        return items.all();
    }

    /**
     * The same of lines. Each is read by itself: read as one text, two values on one line would pass, and so would one
     * value on two.
     */
    public List<D> readLines(InputStream body) {
        Items items = new Items();
        Lines lines = new Lines(body);
        TextWindow window = new TextWindow(lines);
        while (lines.next()) {
            window.restart();
            items.mistakes.under("/" + list + "/" + items.count);
            try {
                items.readText(window, LEVELS_ABOVE_ITEM, items::item);
            } catch (ProblemException refused) {
                throw onLine(lines.number(), refused);
            }
        }
        return items.all();
    }

    private static ProblemException onLine(int number, ProblemException refused) {
        Problem problem = refused.problem();
        if (problem.type() != ProblemType.MALFORMED_JSON) {
            return refused;
        }
        List<Mistake> mistakes = problem.mistakes().stream()
                .map(mistake -> Mistake.atPointer(mistake.name(), mistake.code(), "must be well-formed JSON"))
                .toList();
        String detail = "Line " + number + " of the body is not well-formed JSON.";
        return new Problem(problem.type(), detail, mistakes, problem.headers()).thrown();
    }

    /** What a text has to hold. It is given the text's first token, null if there is none, and stops at the value's last. */
    private interface Value {
        void read(@Nullable JsonToken first, Reading reading);
    }

    /** The items of one body, as far as they came. */
    private final class Items {
        private final Mistakes mistakes = new Mistakes();
        private final List<D> drafts = new ArrayList<>();
        private int count;
        private int keys;

        List<D> all() {
            mistakes.orThrow();
            return drafts;
        }

        void readText(TextWindow text, int levelsAbove, Value value) {
            try (JsonParser json = JsonText.parser(text)) {
                JsonRules rules = new JsonRules(json, mistakes, keys, maxKeys, levelsAbove, true);
                Reading reading = new Reading.OfStream(text, json, rules, mistakes);
                try {
                    value.read(reading.next(), reading);
                    while (reading.next() != null) {} // only to meet what may not stand there
                    keys = rules.keys();
                } catch (JacksonIOException broken) {
                    throw new UncheckedIOException(broken.getCause());
                } catch (JacksonException malformed) {
                    throw rules.malformed(malformed.getLocation()).thrown();
                } catch (TextWindow.NotUtf8 broken) {
                    String place = mistakes.at(reading.pointer().toString());
                    throw Problem.validation(JsonText.notUtf8(place)).thrown();
                }
            }
        }

        void envelope(@Nullable JsonToken first, Reading reading) {
            if (first == null) {
                throw JsonRules.required();
            }
            if (first != JsonToken.START_OBJECT) {
                reading.mistake("wrong-type", "must be an object");
                return;
            }
            boolean given = false;
            while (reading.next() == JsonToken.PROPERTY_NAME) {
                boolean known = reading.json().currentName().equals(list);
                reading.next();
                if (known) {
                    given = true;
                    list(reading);
                } else {
                    reading.mistake("unknown", "is not known here");
                }
            }
            if (!given) {
                reading.mistakeInMember(list, "required", "is required");
            }
        }

        private void list(Reading reading) {
            switch (reading.token()) {
                case START_ARRAY -> {
                    JsonToken token = reading.next();
                    while (token != JsonToken.END_ARRAY) {
                        item(token, reading);
                        token = reading.next();
                    }
                }
                case VALUE_NULL -> reading.mistake("required", "must not be null");
                case NOT_AVAILABLE,
                        START_OBJECT,
                        END_OBJECT,
                        END_ARRAY,
                        PROPERTY_NAME,
                        VALUE_EMBEDDED_OBJECT,
                        VALUE_STRING,
                        VALUE_NUMBER_INT,
                        VALUE_NUMBER_FLOAT,
                        VALUE_TRUE,
                        VALUE_FALSE -> reading.mistake("wrong-type", "must be an array");
            }
        }

        /** @param first null on a blank line */
        void item(@Nullable JsonToken first, Reading reading) {
            if (first == null) {
                return;
            }
            if (count == maxItems) {
                mistakes.under("");
                mistakes.add("/" + list, "too-many", "must have at most " + maxItems + " entries");
                throw mistakes.thrown();
            }
            count++;
            if (first == JsonToken.VALUE_NULL) {
                reading.mistake("wrong-type", "must not be null");
                return;
            }
            int before = mistakes.count();
            T item = reader.read(reading);
            if (item != null && mistakes.count() == before) {
                take(item, reading);
            }
        }

        private void take(T item, Reading reading) {
            try {
                D made = draft.apply(item);
                if (mistakes.count() == 0) {
                    drafts.add(made);
                }
            } catch (Invalid invalid) {
                String place = reading.pointer().toString();
                invalid.violations()
                        .forEach(violation ->
                                mistakes.add(place + violation.pointer(), violation.code(), violation.message()));
            }
        }
    }
}
