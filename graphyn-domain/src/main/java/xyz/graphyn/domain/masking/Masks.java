package xyz.graphyn.domain.masking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.json.Json;

/**
 * Shows a text with as much of each finding as a view allows: raw findings as they came, partial ones as a hint such as
 * {@code a***@example.com}, masked ones as their kind, {@code [EMAIL]}. A text of which nothing is hidden is given back
 * itself. Masking what is masked already changes nothing. Takes time linear in the length of the text.
 */
public final class Masks {
    private Masks() {}

    /**
     * Plain text. One that holds a JSON document stays one, as with {@link #inJson}.
     *
     * @param findings in order, without overlap
     * @throws IllegalArgumentException if a finding lies outside the text: better no answer than a wrong mask
     */
    public static String inText(String text, List<Finding> findings, View view) {
        List<Finding> hidden = hidden(text.length(), findings, view);
        if (hidden.isEmpty()) {
            return text;
        }
        List<Edit> ofDocument =
                JsonStrings.beginsDocument(text, 0, text.length()) ? MaskedJson.edits(text, hidden, view) : null;
        return Edit.apply(text, ofDocument == null ? plainEdits(text, hidden, view) : ofDocument);
    }

    private static List<Edit> plainEdits(String text, List<Finding> hidden, View view) {
        List<Edit> edits = new ArrayList<>(hidden.size());
        for (Finding finding : hidden) {
            String value = text.substring(finding.start(), finding.end());
            edits.add(new Edit(
                    finding.start(), finding.end(), Hints.shown(finding.kind(), view.of(finding.kind()), value)));
        }
        return edits;
    }

    /**
     * A JSON document, which stays one of the same shape: what is hidden in a string stays part of it, a number becomes a
     * string, and members whose names become equal are told apart by a number, {@code [EMAIL]#2}. That holds for documents
     * within strings too, down to {@value MaskedJson#MAX_DEPTH} levels.
     *
     * @param findings spans of the document's text, escapes and all, in order, without overlap
     * @throws IllegalArgumentException if a finding lies outside the document, across tokens, or in a part of a number
     */
    public static Json inJson(Json document, List<Finding> findings, View view) {
        List<Finding> hidden = hidden(document.text().length(), findings, view);
        if (hidden.isEmpty()) {
            return document;
        }
        List<Edit> edits = MaskedJson.edits(document.text(), hidden, view);
        if (edits == null) {
            throw new IllegalArgumentException("a finding does not lie within one token of its document");
        }
        return new Json(Edit.apply(document.text(), edits));
    }

    /** The same, cut to {@code max} code points if masks make it longer. */
    public static String inText(String text, List<Finding> findings, View view, int max) {
        String masked = inText(text, findings, view);
        return masked.length() <= max || masked.codePointCount(0, masked.length()) <= max
                ? masked
                : masked.substring(0, masked.offsetByCodePoints(0, max));
    }

    /** A text that may be missing. */
    public static @Nullable String inOptional(@Nullable String text, List<Finding> findings, View view) {
        return text == null ? null : inText(text, findings, view);
    }

    /**
     * Texts that must stay distinct, such as labels: those that become equal to another are told apart by a number.
     *
     * @param findings {@code findings.in(prefix + "/" + i)} are those of the text at {@code i}
     */
    public static List<String> inDistinct(List<String> texts, String prefix, Findings findings, View view) {
        List<String> shown = new ArrayList<>(texts.size());
        Names names = new Names();
        boolean changed = false;
        for (int i = 0; i < texts.size(); i++) {
            String masked = inText(texts.get(i), findings.in(prefix + "/" + i), view);
            shown.add(masked);
            if (masked.equals(texts.get(i))) {
                names.keep(masked);
            } else {
                changed = true;
            }
        }
        if (!changed) {
            return texts;
        }
        for (int i = 0; i < shown.size(); i++) {
            if (!shown.get(i).equals(texts.get(i))) {
                shown.set(i, shown.get(i) + names.suffix(shown.get(i)));
            }
        }
        return List.copyOf(shown);
    }

    private static List<Finding> hidden(int length, List<Finding> findings, View view) {
        if (findings.isEmpty()) {
            return List.of();
        }
        List<Finding> hidden = new ArrayList<>(findings.size());
        int end = 0;
        for (Finding finding : findings) {
            if (finding.start() < end || finding.end() > length) {
                throw new IllegalArgumentException("a finding lies outside its text, or over another one");
            }
            end = finding.end();
            if (view.of(finding.kind()) != AccessLevel.RAW) {
                hidden.add(finding);
            }
        }
        return hidden;
    }

    /** A part of a text and what takes its place; edits of one text are in order, without overlap. */
    record Edit(int start, int end, String text) {
        static String apply(String text, List<Edit> edits) {
            StringBuilder edited = new StringBuilder(text.length() + 16 * edits.size());
            int from = 0;
            for (Edit edit : edits) {
                edited.append(text, from, edit.start).append(edit.text);
                from = edit.end;
            }
            return edited.append(text, from, text.length()).toString();
        }
    }

    /** Names of which none may be given twice. */
    static final class Names {
        private final Set<String> taken = new HashSet<>();
        private final Map<String, Integer> last = new HashMap<>();

        /** This one is there, and stays. */
        void keep(String name) {
            taken.add(name);
        }

        /** @return what is to be appended to the name so that it is like no other; empty for the first of its like */
        String suffix(String name) {
            if (taken.add(name)) {
                return "";
            }
            int number = last.getOrDefault(name, 1);
            do {
                number++;
            } while (!taken.add(name + "#" + number));
            last.put(name, number);
            return "#" + number;
        }
    }
}
