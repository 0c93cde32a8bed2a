package xyz.graphyn.endtoend;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.adapter.detection.Detection;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.Detector;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Kind;

/**
 * The texts of a row that was stored, with what the detector finds in them, and how to see whether any of it survived.
 *
 * @param json the documents among its fields, as they were sent
 * @param kinds how many findings of each kind it has
 * @param masked pieces that nobody below partial may see
 * @param partial pieces that nobody below raw may see: without the domains of e-mail addresses
 */
record SensitiveRow(List<String> json, SortedMap<String, Integer> kinds, Set<String> masked, Set<String> partial) {
    /** A shorter piece of a value may stand anywhere by chance. */
    private static final int PIECE = 8;

    private static final Detector DETECTOR = new Detector(Detection.recognizers());

    /** Gathers a row, field by field. */
    static final class Builder {
        private final List<String> json = new ArrayList<>();
        private final SortedMap<String, Integer> kinds = new TreeMap<>();
        private final Map<String, Kind> values = new LinkedHashMap<>();
        private final StringBuilder rest = new StringBuilder();

        Builder text(String text) {
            return note(text, DETECTOR.inText(text, DetectionRules.DEFAULT));
        }

        Builder json(String document) {
            json.add(document);
            return note(document, DETECTOR.inJson(document, DetectionRules.DEFAULT));
        }

        private Builder note(String text, List<Finding> findings) {
            int from = 0;
            for (Finding finding : findings) {
                kinds.merge(finding.kind().name(), 1, Integer::sum);
                values.putIfAbsent(text.substring(finding.start(), finding.end()), finding.kind());
                rest.append(text, from, finding.start()).append('\0');
                from = finding.end();
            }
            rest.append(text, from, text.length()).append('\0');
            return this;
        }

        /** What stands beside the findings too is no secret of theirs: that is the detector's recall, not the mask's. */
        SensitiveRow build() {
            String beside = spelledOut(rest.toString());
            Set<String> masked = new HashSet<>();
            Set<String> partial = new HashSet<>();
            values.forEach((value, kind) -> spellings(value).forEach(spelling -> {
                int hinted = kind.equals(Kind.EMAIL) ? spelling.lastIndexOf('@') : -1;
                for (int at = 0; at + PIECE <= spelling.length(); at++) {
                    String piece = spelling.substring(at, at + PIECE);
                    if (!beside.contains(piece)) {
                        masked.add(piece);
                        if (hinted < 0 || at < hinted) {
                            partial.add(piece);
                        }
                    }
                }
            }));
            return new SensitiveRow(List.copyOf(json), kinds, masked, partial);
        }
    }

    int count() {
        return kinds.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The pieces of found values that are in what somebody was shown who sees hints or kinds only. */
    List<String> survivors(String shown, boolean hints) {
        String all = spelledOut(shown);
        return (hints ? partial : masked).stream().filter(all::contains).toList();
    }

    /** A text with each of the forms in which it can be read. */
    static String spelledOut(String text) {
        return String.join("\0", spellings(text));
    }

    private static List<String> spellings(String text) {
        List<String> spellings = new ArrayList<>(List.of(text));
        String last = text;
        while (last.indexOf('\\') >= 0) {
            String next = unescaped(last);
            if (next.equals(last)) {
                break;
            }
            spellings.add(next);
            last = next;
        }
        return spellings;
    }

    /** As it would be without one layer of JSON around it. */
    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (unit != '\\' || at + 1 == text.length()) {
                plain.append(unit);
                continue;
            }
            char escaped = text.charAt(++at);
            switch (escaped) {
                case 'n' -> plain.append('\n');
                case 't' -> plain.append('\t');
                case 'r' -> plain.append('\r');
                case 'u' -> {
                    if (at + 4 < text.length() && text.substring(at + 1, at + 5).matches("[0-9a-fA-F]{4}")) {
                        plain.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                        at += 4;
                    } else {
                        plain.append('u');
                    }
                }
                default -> plain.append(escaped);
            }
        }
        return plain.toString();
    }

    /** Where the shape of a document differs from that of the one that it was made of; empty if nowhere. */
    static String difference(JsonNode before, JsonNode after, String place) {
        if (before.isObject() || before.isArray()) {
            if (before.getNodeType() != after.getNodeType() || before.size() != after.size()) {
                return place;
            }
            List<JsonNode> left = new ArrayList<>();
            List<JsonNode> right = new ArrayList<>();
            before.forEach(left::add);
            after.forEach(right::add);
            for (int i = 0; i < left.size(); i++) {
                String deeper = difference(left.get(i), right.get(i), place + "/" + i);
                if (!deeper.isEmpty()) {
                    return deeper;
                }
            }
            return "";
        }
        if (before.isString() && after.isString()) {
            return nested(before.asString(), after.asString(), place);
        }
        return after.isString() || before.equals(after) ? "" : place;
    }

    private static String nested(String before, String after, String place) {
        try {
            JsonNode document = Api.JSON.readTree(before);
            return document.isContainer() && !after.startsWith("[")
                    ? difference(document, Api.JSON.readTree(after), place + "!")
                    : "";
        } catch (JacksonException noDocument) {
            return "";
        }
    }
}
