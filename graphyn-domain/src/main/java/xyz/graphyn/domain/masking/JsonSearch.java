package xyz.graphyn.domain.masking;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Searches one JSON text: its strings, its numbers, the names of its members, and JSON in its strings. What stands under a name
 * that says it is sensitive is found whole, whatever it looks like.
 */
final class JsonSearch implements JsonTokens.Visitor {
    /** JSON in a string in JSON doubles its escapes with each level, so honest documents have few. */
    static final int MAX_NESTED = 8;

    /** Names of members that are remembered, with nothing found in them, for each set of rules: about 100 kB. */
    private static final int MAX_KNOWN = 1_000;

    private static final int MAX_KNOWN_LENGTH = 40;

    private static final int OWN_FIELD = 99;
    private static final int SECRET_FIELD = 85;
    private static final int FIELD = 45;

    /** No name of a label or a value is longer. */
    private static final int MAX_LABEL = 10;

    private static final Set<String> LABELS =
            Set.of("name", "key", "field", "header", "parameter", "variable", "label", "param", "attribute");
    private static final Set<String> VALUES = Set.of("value", "val", "content");

    /** What a name says, once and for all its members. */
    record Name(@Nullable Sensitivity sensitivity, boolean describes, boolean labels, boolean holds) {
        static final Name NOTHING = new Name(null, false, false, false);

        static Name of(String name) {
            String lower = name.length() <= MAX_LABEL ? name.toLowerCase(Locale.ROOT) : "";
            return new Name(
                    SensitiveNames.judge(name).orElse(null),
                    SensitiveNames.describes(name),
                    LABELS.contains(lower),
                    VALUES.contains(lower));
        }
    }

    /** What is remembered of the containers around a token. */
    private static final class Frame {
        final boolean array;
        final String name;
        final @Nullable Sensitivity inherited;
        final boolean throughObject;
        final @Nullable Kind ownField;
        final long[] states;
        /** What a member such as {@code "name": "password"} says about its neighbour {@code "value"}. */
        @Nullable Sensitivity label;

        @Nullable Source value;

        Frame(
                boolean array,
                String name,
                @Nullable Sensitivity inherited,
                boolean throughObject,
                @Nullable Kind ownField,
                long[] states) {
            this.array = array;
            this.name = name;
            this.inherited = inherited;
            this.throughObject = throughObject;
            this.ownField = ownField;
            this.states = states;
        }
    }

    private final Source source;
    private final int nested;
    private final Recognizer recognizer;
    private final FieldPaths fields;
    private final Candidates out;
    private final Map<String, Name> known;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private Frame top;
    private String member = "";
    private Name says = Name.NOTHING;

    private JsonSearch(
            Source source,
            int nested,
            String name,
            Recognizer recognizer,
            FieldPaths fields,
            Candidates out,
            Map<String, Name> known) {
        this.source = source;
        this.nested = nested;
        this.recognizer = recognizer;
        this.fields = fields;
        this.out = out;
        this.known = known;
        top = new Frame(true, name, null, false, null, fields.start());
        member = name;
    }

    /** Of a text that is JSON. */
    static void document(
            Source source, Recognizer recognizer, FieldPaths fields, Map<String, Name> known, Candidates out) {
        new JsonSearch(source, 0, "", recognizer, fields, out, known).run();
    }

    /** Of any text, which may be JSON. */
    static void text(Source source, Recognizer recognizer, FieldPaths fields, Map<String, Name> known, Candidates out) {
        if (JsonTokens.isDocument(source.text)) {
            document(source, recognizer, fields, known, out);
        } else {
            recognize(source, "", "", recognizer, out);
        }
    }

    private void run() {
        JsonTokens.walk(source.text, this);
    }

    @Override
    public void open(boolean array) {
        Sensitivity sensitivity = sensitivity();
        boolean passesOn = sensitivity != null && (array || sensitivity.coversObjects());
        Frame inner = new Frame(
                array, member, passesOn ? sensitivity : null, !array || inheritedThroughObject(), ownField(), states());
        frames.push(top);
        top = inner;
    }

    @Override
    public void close() {
        top = frames.pop();
        member = top.name;
        says = Name.NOTHING;
    }

    @Override
    public void name(int start, int end, boolean escaped) {
        Source name = source.cut(start, end, escaped);
        member = name.text;
        Name heard = known.get(name.text);
        if (heard != null) {
            says = heard;
            return;
        }
        says = Name.of(name.text);
        if (!recognize(name, "", "", recognizer, out) && name.text.length() <= MAX_KNOWN_LENGTH) {
            if (known.size() >= MAX_KNOWN) {
                known.clear();
            }
            known.put(name.text, says);
        }
    }

    @Override
    public void string(int start, int end, boolean escaped) {
        if (start == end) {
            return;
        }
        Source value = source.cut(start, end, escaped);
        Kind own = ownField();
        if (own != null) {
            whole(value, own, "own-field", OWN_FIELD);
            return;
        }
        Sensitivity sensitivity = sensitivity();
        if (sensitivity != null && sensitivity.covers(value.text, inheritedThroughObject())) {
            whole(value, sensitivity);
        }
        remember(value);
        if (nested < MAX_NESTED && JsonTokens.isDocument(value.text)) {
            new JsonSearch(value, nested + 1, member, recognizer, fields, out, known).run();
        } else {
            recognize(value, member, around(), recognizer, out);
        }
    }

    @Override
    public void number(int start, int end) {
        Source value = source.cut(start, end, false);
        Kind own = ownField();
        if (own != null) {
            whole(value, own, "own-field", OWN_FIELD);
            return;
        }
        Sensitivity sensitivity = sensitivity();
        if (sensitivity != null && !inheritedThroughObject() && sensitivity.coversNumbers()) {
            whole(value, sensitivity);
        }
        recognizer.search(
                new Passage(value.text, member, around(), true),
                (from, to, kind, rule, weight) -> whole(value, kind, rule, weight));
    }

    @Override
    public void literal() {}

    /** {@code {"name": "password", "value": "…"}}, in either order. */
    private void remember(Source value) {
        if (top.array) {
            return;
        }
        if (says.labels) {
            top.label = SensitiveNames.judge(value.text).orElse(null);
            if (top.label != null && top.value != null && top.label.covers(top.value.text, false)) {
                whole(top.value, top.label);
            }
        } else if (says.holds) {
            top.value = value;
        }
    }

    /** What the names around a value say about it. */
    private @Nullable Sensitivity sensitivity() {
        if (top.array) {
            return top.inherited;
        }
        if (says.sensitivity != null) {
            return says.sensitivity;
        }
        if (top.label != null && says.holds) {
            return top.label;
        }
        return top.inherited != null && !says.describes ? top.inherited : null;
    }

    private boolean inheritedThroughObject() {
        return top.throughObject && top.inherited != null && (top.array || says.sensitivity == null);
    }

    private long[] states() {
        return fields.isEmpty() || frames.isEmpty() ? top.states : fields.step(top.states, top.array ? "*" : member);
    }

    private @Nullable Kind ownField() {
        if (fields.isEmpty() || frames.isEmpty()) {
            return null;
        }
        return top.ownField != null ? top.ownField : fields.reached(states());
    }

    /** The name around that of a value; within an array, the name of the array has taken the value's place. */
    private String around() {
        return top.array ? "" : top.name;
    }

    private void whole(Source value, Sensitivity sensitivity) {
        whole(value, sensitivity.kind(), "field-name", sensitivity.coversObjects() ? SECRET_FIELD : FIELD);
    }

    private void whole(Source value, Kind kind, String rule, int weight) {
        out.add(value.place(0), value.place(value.text.length()), kind, rule, weight);
    }

    private static boolean recognize(Source source, String name, String around, Recognizer recognizer, Candidates out) {
        if (source.text.isEmpty()) {
            return false;
        }
        boolean[] any = new boolean[1];
        recognizer.search(new Passage(source.text, name, around, false), (start, end, kind, rule, weight) -> {
            any[0] = true;
            int from = splits(source.text, start) ? start - 1 : start;
            int to = splits(source.text, end) ? end + 1 : end;
            out.add(source.place(from), source.place(to), kind, rule, weight);
        });
        return any[0];
    }

    private static boolean splits(String text, int index) {
        return index > 0
                && index < text.length()
                && Character.isLowSurrogate(text.charAt(index))
                && Character.isHighSurrogate(text.charAt(index - 1));
    }
}
