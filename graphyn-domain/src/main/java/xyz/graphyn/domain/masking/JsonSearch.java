package xyz.graphyn.domain.masking;

import java.util.Locale;
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
        /** Null around the document itself. */
        final @Nullable Frame outer;

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
                @Nullable Frame outer,
                boolean array,
                String name,
                @Nullable Sensitivity inherited,
                boolean throughObject,
                @Nullable Kind ownField,
                long[] states) {
            this.outer = outer;
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
    private final ReadyRules rules;
    private final FieldPaths fields;
    private final Candidates out;
    private final Recognition recognition;
    private Frame top;
    private String member = "";
    private Name says = Name.NOTHING;

    private JsonSearch(
            Source source, int nested, String name, ReadyRules rules, Candidates out, Recognition recognition) {
        this.source = source;
        this.nested = nested;
        this.rules = rules;
        this.fields = rules.fields();
        this.out = out;
        this.recognition = recognition;
        top = new Frame(null, true, name, null, false, null, fields.start());
        member = name;
    }

    /** Of a text that is JSON. */
    static void document(Source source, ReadyRules rules, Candidates out) {
        new JsonSearch(source, 0, "", rules, out, new Recognition(rules.recognizer(), out)).run();
    }

    /** Of any text, which may be JSON. */
    static void text(Source source, ReadyRules rules, Candidates out) {
        if (JsonTokens.isDocument(source.text)) {
            document(source, rules, out);
        } else {
            new Recognition(rules.recognizer(), out).search(source, AlreadyMasked.blanked(source.text), "", "", false);
        }
    }

    private void run() {
        JsonTokens.walk(source.text, this);
    }

    @Override
    public void open(boolean array) {
        Sensitivity sensitivity = sensitivity();
        boolean passesOn = sensitivity != null && (array || sensitivity.coversObjects());
        top = new Frame(
                top,
                array,
                member,
                passesOn ? sensitivity : null,
                !array || inheritedThroughObject(),
                ownField(),
                states());
    }

    @Override
    public void close() {
        top = top.outer == null ? top : top.outer;
        member = top.name;
        says = Name.NOTHING;
    }

    @Override
    public void name(int start, int end, boolean escaped) {
        Source name = source.cut(start, end, escaped);
        member = AlreadyMasked.blanked(name.text);
        Name heard = rules.known().get(member);
        if (heard != null) {
            says = heard;
            return;
        }
        says = Name.of(member);
        if (!recognition.search(name, member, "", "", false) && member.length() <= MAX_KNOWN_LENGTH) {
            if (rules.known().size() >= MAX_KNOWN) {
                rules.known().clear();
            }
            rules.known().put(member, says);
        }
    }

    @Override
    public void string(int start, int end, boolean escaped) {
        if (start == end) {
            return;
        }
        Source value = source.cut(start, end, escaped);
        String text = AlreadyMasked.blanked(value.text);
        if (AlreadyMasked.isAll(text, 0, text.length())) {
            return;
        }
        Kind own = ownField();
        if (own != null) {
            whole(value, own, "own-field", OWN_FIELD);
            return;
        }
        Sensitivity sensitivity = sensitivity();
        boolean document = nested < MAX_NESTED && JsonTokens.isDocument(value.text);
        if (sensitivity != null
                && sensitivity.covers(text, inheritedThroughObject())
                && !(document && isMaskedInside(sensitivity, value.text, text))) {
            whole(value, sensitivity);
        }
        remember(value);
        if (document) {
            new JsonSearch(value, nested + 1, member, rules, out, recognition).run();
        } else {
            recognition.search(value, text, member, around(), false);
        }
    }

    /** A document whose parts were masked was too long for a contact; that masks made it shorter makes it none. */
    private static boolean isMaskedInside(Sensitivity sensitivity, String value, String blanked) {
        return !sensitivity.coversObjects() && !value.equals(blanked);
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
        recognition.search(value, value.text, member, around(), true);
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
        return fields.isEmpty() || top.outer == null ? top.states : fields.step(top.states, top.array ? "*" : member);
    }

    private @Nullable Kind ownField() {
        if (fields.isEmpty() || top.outer == null) {
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
}
