package xyz.graphyn.domain.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import xyz.graphyn.domain.masking.DetectionRules.CustomPattern;
import xyz.graphyn.domain.masking.DetectionRules.SensitiveField;
import xyz.graphyn.domain.validation.Invalid;
import xyz.graphyn.domain.validation.Violation;

/**
 * Finds what is sensitive in texts and JSON documents. It is a function of the text and the rules, takes time linear in the
 * length of the text, and never throws for what a text holds. Safe to use from many threads at once.
 */
public final class Detector {
    /**
     * Organizations whose rules are kept ready at once. A regex of the longest kind takes about 100 kB, so this is bounded; the
     * rules of one more are made ready again.
     */
    private static final int MAX_READY = 200;

    private record Ready(Recognizer recognizer, FieldPaths fields, Map<String, JsonSearch.Name> known) {}

    private final Recognizers recognizers;
    private final Map<DetectionRules, Ready> ready = new ConcurrentHashMap<>();

    public Detector(Recognizers recognizers) {
        this.recognizers = recognizers;
    }

    /** Of what this finds by these rules: another version may find other things. */
    public RulesVersion version(DetectionRules rules) {
        return RulesVersion.of(recognizers.version(), rules.revision());
    }

    /** @throws Invalid if an organization can't have these rules: with every mistake, pointers relative to the rules */
    public void check(DetectionRules rules) {
        List<Violation> violations = new ArrayList<>();
        atMost("/phoneRegions", rules.phoneRegions().size(), DetectionRules.MAX_REGIONS, violations);
        atMost("/fields", rules.fields().size(), DetectionRules.MAX_FIELDS, violations);
        atMost("/patterns", rules.patterns().size(), DetectionRules.MAX_PATTERNS, violations);
        for (int i = 0; i < rules.fields().size(); i++) {
            SensitiveField field = rules.fields().get(i);
            if (!FieldPaths.isPath(field.path())) {
                violations.add(new Violation(
                        "/fields/" + i + "/path",
                        "invalid_path",
                        "must be 1 to " + FieldPaths.MAX_NAMES + " names separated by dots, at most "
                                + SensitiveField.MAX_PATH + " characters"));
            }
        }
        for (int i = 0; i < rules.patterns().size(); i++) {
            CustomPattern pattern = rules.patterns().get(i);
            if (!isRuleName(pattern.name())) {
                violations.add(new Violation(
                        "/patterns/" + i + "/name",
                        "invalid_name",
                        "must be 1 to " + CustomPattern.MAX_NAME + " lower-case letters, digits and hyphens"));
            }
        }
        if (violations.isEmpty()) {
            recognizers.with(rules);
        } else {
            throw new Invalid(violations);
        }
    }

    /**
     * In a text. If it is itself JSON, an object or an array, it is searched as such.
     *
     * @return in order, without overlap
     */
    public List<Finding> inText(String text, DetectionRules rules) {
        return search(text, rules, JsonSearch::text);
    }

    /**
     * In a JSON document, in its own text: findings lie within one string, name or number, not touching its quotes, and cover a
     * number whole. Of a text that is not well-formed, what comes before the mistake is searched.
     *
     * @return in order, without overlap
     */
    public List<Finding> inJson(String json, DetectionRules rules) {
        return search(json, rules, JsonSearch::document);
    }

    /** As {@link #inJson}, told by path and place. */
    public List<Located> locate(String json, DetectionRules rules) {
        return Locating.locate(json, inJson(json, rules));
    }

    @FunctionalInterface
    private interface Search {
        void search(
                Source source,
                Recognizer recognizer,
                FieldPaths fields,
                Map<String, JsonSearch.Name> known,
                Candidates out);
    }

    private List<Finding> search(String text, DetectionRules rules, Search search) {
        if (text.isEmpty()) {
            return List.of();
        }
        Ready by = ready(rules);
        Candidates candidates = new Candidates();
        search.search(Source.whole(text), by.recognizer, by.fields, by.known, candidates);
        return candidates.resolve(text);
    }

    private Ready ready(DetectionRules rules) {
        Ready known = ready.get(rules);
        if (known != null) {
            return known;
        }
        if (ready.size() >= MAX_READY) {
            ready.clear();
        }
        Ready made = new Ready(recognizers.with(rules), new FieldPaths(rules.fields()), new ConcurrentHashMap<>());
        ready.put(rules, made);
        return made;
    }

    private static void atMost(String pointer, int size, int max, List<Violation> violations) {
        if (size > max) {
            violations.add(new Violation(pointer, "too_many", "must be at most " + max));
        }
    }

    private static boolean isRuleName(String name) {
        return !name.isEmpty()
                && name.length() <= CustomPattern.MAX_NAME
                && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }
}
