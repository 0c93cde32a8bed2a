package xyz.graphyn.adapter.detection;

import java.util.List;
import xyz.graphyn.domain.masking.Hits;
import xyz.graphyn.domain.masking.Passage;
import xyz.graphyn.domain.masking.Recognizer;

/** Applies the rules whose characters the passage has. */
final class BuiltInRecognizer implements Recognizer {
    /** Nothing that is shorter says anything without its name. */
    private static final int MIN_LENGTH = 3;

    private final Rule[] rules;

    BuiltInRecognizer(List<Rule> rules) {
        this.rules = rules.toArray(Rule[]::new);
    }

    @Override
    public void search(Passage passage, Hits hits) {
        scan(passage, hits);
    }

    /** Returns how many characters were looked at in all, counting each look. */
    long scan(Passage passage, Hits hits) {
        if (passage.text().length() < MIN_LENGTH) {
            return 0;
        }
        Scan scan = new Scan(passage, hits);
        for (Rule rule : rules) {
            if (scan.has(rule.needs())) {
                rule.search(scan);
            }
        }
        return scan.work();
    }
}
