package xyz.graphyn.domain.masking;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.masking.Masks.Edit;
import xyz.graphyn.domain.masking.Masks.Names;

/**
 * What is to be changed in a JSON document so that findings are hidden. The document is known to be well-formed, so it is not
 * parsed: it is enough to know where its strings are, and who shares an object with a member whose name is hidden.
 *
 * <p>A string that holds a document itself is treated as one, and the changes are escaped on their way out: programs that
 * call tools pass arguments like that.
 */
final class MaskedJson {
    /** Documents within strings deeper than this are masked as plain text: each level costs a copy of its string. */
    static final int MAX_DEPTH = 8;

    private final String text;
    private final View view;
    private final int depth;
    private final JsonStrings strings;
    private final List<Edit> edits = new ArrayList<>();
    private final List<HiddenName> hiddenNames = new ArrayList<>();

    /** @param editsFrom the first of the edits within it; behind the last one of them is {@code editsTo} */
    private record HiddenName(int open, int close, int editsFrom, int editsTo) {}

    private MaskedJson(String text, View view, int depth) {
        this.text = text;
        this.view = view;
        this.depth = depth;
        this.strings = new JsonStrings(text);
    }

    /**
     * @param findings all to be hidden, in order, without overlap
     * @return in order, without overlap; null if a finding does not lie within one token
     */
    static @Nullable List<Edit> edits(String text, List<Finding> findings, View view) {
        return new MaskedJson(text, view, 0).edits(findings);
    }

    private @Nullable List<Edit> edits(List<Finding> findings) {
        int next = 0;
        while (next < findings.size()) {
            Finding finding = findings.get(next);
            strings.skipTo(finding.start());
            if (finding.end() <= strings.open()) {
                if (!isBare(finding)) {
                    return null;
                }
                edits.add(new Edit(finding.start(), finding.end(), "\"" + shown(finding) + "\""));
                next++;
            } else if (finding.start() > strings.open() && finding.end() <= strings.close()) {
                int from = next;
                while (next < findings.size() && findings.get(next).start() < strings.close()) {
                    next++;
                }
                if (findings.get(next - 1).end() > strings.close()) {
                    return null;
                }
                inString(findings.subList(from, next));
            } else {
                return null;
            }
        }
        return hiddenNames.isEmpty() ? edits : withDistinctNames();
    }

    private void inString(List<Finding> findings) {
        int editsFrom = edits.size();
        List<Edit> nested = depth < MAX_DEPTH && JsonStrings.beginsDocument(text, strings.open() + 1, strings.close())
                ? nested(findings)
                : null;
        if (nested == null) {
            for (Finding finding : findings) {
                edits.add(new Edit(finding.start(), finding.end(), shown(finding)));
            }
        } else {
            edits.addAll(nested);
        }
        if (isName()) {
            hiddenNames.add(new HiddenName(strings.open(), strings.close(), editsFrom, edits.size()));
        }
    }

    private String shown(Finding finding) {
        String value = text.substring(finding.start(), finding.end());
        return Hints.shown(finding.kind(), view.of(finding.kind()), JsonStrings.unescapedFully(value));
    }

    /** Whether a finding outside of strings covers a value, such as a number. */
    private boolean isBare(Finding finding) {
        for (int i = finding.start(); i < finding.end(); i++) {
            char c = text.charAt(i);
            boolean ofNumberOrWord =
                    (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '+' || c == '.' || c == 'E';
            if (!ofNumberOrWord) {
                return false;
            }
        }
        int before = finding.start() - 1;
        while (before >= 0 && JsonStrings.isSpace(text.charAt(before))) {
            before--;
        }
        int behind = JsonStrings.skipSpace(text, finding.end());
        return before >= 0
                && ":[,".indexOf(text.charAt(before)) >= 0
                && behind < text.length()
                && ",]}".indexOf(text.charAt(behind)) >= 0;
    }

    private boolean isName() {
        int behind = JsonStrings.skipSpace(text, strings.close() + 1);
        return behind < text.length() && text.charAt(behind) == ':';
    }

    /** @return null if the present string turns out to hold something else than a document */
    private @Nullable List<Edit> nested(List<Finding> findings) {
        JsonStrings.Unescaped inner = JsonStrings.unescaped(text, strings.open() + 1, strings.close());
        List<Finding> innerFindings = new ArrayList<>(findings.size());
        int at = 0;
        for (Finding finding : findings) {
            int start = inner.indexOf(finding.start(), at);
            int end = start < 0 ? -1 : inner.indexOf(finding.end(), start);
            if (end < 0) {
                return null;
            }
            innerFindings.add(new Finding(start, end, finding.kind(), finding.rule()));
            at = end;
        }
        List<Edit> innerEdits = new MaskedJson(inner.text(), view, depth + 1).edits(innerFindings);
        return innerEdits == null
                ? null
                : innerEdits.stream()
                        .map(edit -> new Edit(
                                inner.sourceOf(edit.start()), inner.sourceOf(edit.end()), escaped(edit.text())))
                        .toList();
    }

    /** Masks have nothing else in them that needs an escape. */
    private static String escaped(String mask) {
        return mask.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** Numbers those members whose hidden names are like another one of their object. */
    private List<Edit> withDistinctNames() {
        Map<Integer, HiddenName> byOpen = new HashMap<>();
        hiddenNames.forEach(name -> byOpen.put(name.open(), name));
        Map<HiddenName, Integer> objects = new HashMap<>();
        Map<Integer, Names> names = new HashMap<>();
        List<int[]> others = new ArrayList<>();
        eachName((object, open, close) -> {
            HiddenName hidden = byOpen.get(open);
            if (hidden == null) {
                others.add(new int[] {object, open, close});
            } else {
                objects.put(hidden, object);
                names.computeIfAbsent(object, o -> new Names());
            }
        });
        for (int[] other : others) {
            Names ofObject = names.get(other[0]);
            if (ofObject != null) {
                ofObject.keep(
                        JsonStrings.unescaped(text, other[1] + 1, other[2]).text());
            }
        }
        List<Edit> all = new ArrayList<>(edits.size() + hiddenNames.size());
        int done = 0;
        for (HiddenName hidden : hiddenNames) {
            all.addAll(edits.subList(done, hidden.editsTo()));
            done = hidden.editsTo();
            Names ofObject = names.get(objects.getOrDefault(hidden, -1));
            if (ofObject != null) {
                String suffix = ofObject.suffix(nameBehind(hidden));
                if (!suffix.isEmpty()) {
                    all.add(new Edit(hidden.close(), hidden.close(), suffix));
                }
            }
        }
        all.addAll(edits.subList(done, edits.size()));
        return all;
    }

    private String nameBehind(HiddenName hidden) {
        StringBuilder name = new StringBuilder();
        int from = hidden.open() + 1;
        for (Edit edit : edits.subList(hidden.editsFrom(), hidden.editsTo())) {
            name.append(text, from, edit.start()).append(edit.text());
            from = edit.end();
        }
        name.append(text, from, hidden.close());
        return JsonStrings.unescaped(name.toString(), 0, name.length()).text();
    }

    private interface NameVisitor {
        void name(int object, int open, int close);
    }

    /** Each member's name, with a number that only the members of its object have. */
    private void eachName(NameVisitor visitor) {
        Deque<Integer> enclosing = new ArrayDeque<>();
        int objects = 0;
        int at = 0;
        JsonStrings all = new JsonStrings(text);
        while (at < text.length()) {
            all.skipTo(at);
            int open = Math.min(all.open(), text.length());
            for (; at < open; at++) {
                char c = text.charAt(at);
                if (c == '{' || c == '[') {
                    enclosing.push(objects++);
                } else if ((c == '}' || c == ']') && !enclosing.isEmpty()) {
                    enclosing.pop();
                }
            }
            if (open < text.length()) {
                int behind = JsonStrings.skipSpace(text, all.close() + 1);
                if (behind < text.length() && text.charAt(behind) == ':' && !enclosing.isEmpty()) {
                    visitor.name(enclosing.peek(), open, all.close());
                }
                at = all.close() + 1;
            }
        }
    }
}
