package xyz.graphyn.domain.masking;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

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

    private final Recognizers recognizers;
    private final Map<DetectionRules, ReadyRules> ready = new ConcurrentHashMap<>();
    /** A row has several texts, and hashing rules takes as long as searching one of them. */
    private volatile @Nullable ReadyRules latest;

    public Detector(Recognizers recognizers) {
        this.recognizers = recognizers;
    }

    /** Of what this finds by these rules: another version may find other things. */
    public RulesVersion version(DetectionRules rules) {
        return RulesVersion.of(recognizers.version(), rules.revision());
    }

    /**
     * Rules keep their bounds from the start; whether their patterns and regions can be searched by is asked here.
     *
     * @throws xyz.graphyn.domain.validation.Invalid with every one that can't, pointers relative to the rules
     */
    public void check(DetectionRules rules) {
        recognizers.with(rules);
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
        void search(Source source, ReadyRules rules, Candidates out);
    }

    private List<Finding> search(String text, DetectionRules rules, Search search) {
        if (text.isEmpty()) {
            return List.of();
        }
        Candidates candidates = new Candidates();
        search.search(Source.whole(text), ready(rules), candidates);
        return candidates.resolve(text);
    }

    private ReadyRules ready(DetectionRules rules) {
        ReadyRules before = latest;
        if (before != null && before.rules().equals(rules)) {
            return before;
        }
        ReadyRules known = ready.get(rules);
        if (known == null) {
            if (ready.size() >= MAX_READY) {
                ready.clear();
            }
            known = new ReadyRules(
                    rules, recognizers.with(rules), new FieldPaths(rules.fields()), new ConcurrentHashMap<>());
            ready.put(rules, known);
        }
        latest = known;
        return known;
    }
}
