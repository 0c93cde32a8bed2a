package xyz.graphyn.testkit.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.DetectionRules.CustomPattern;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.Recognizer;
import xyz.graphyn.domain.masking.Recognizers;
import xyz.graphyn.domain.validation.Invalid;
import xyz.graphyn.domain.validation.Violation;

/** Finds e-mail addresses, card numbers of sixteen digits, and an organization's patterns. For texts of a test's own only. */
public final class SimpleRecognizers implements Recognizers {
    private static final List<Rule> BUILT_IN = List.of(
            new Rule(Pattern.compile("(?<![\\w.+-])[\\w.+-]++@[\\w-]++(?:\\.[\\w-]++)++"), Kind.EMAIL, "email"),
            new Rule(Pattern.compile("\\b\\d{4}(?: ?\\d{4}){3}\\b"), Kind.CREDIT_CARD, "credit-card"));

    private record Rule(Pattern pattern, Kind kind, String name) {}

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Recognizer with(DetectionRules rules) {
        List<Rule> all = new ArrayList<>(BUILT_IN);
        for (int i = 0; i < rules.patterns().size(); i++) {
            CustomPattern pattern = rules.patterns().get(i);
            try {
                all.add(new Rule(Pattern.compile(pattern.regex()), pattern.kind(), pattern.name()));
            } catch (PatternSyntaxException broken) {
                throw new Invalid(List.of(
                        new Violation("/patterns/" + i + "/regex", "invalid-regex", "must be a regular expression")));
            }
        }
        return (passage, hits) -> all.forEach(rule -> {
            Matcher matcher = rule.pattern().matcher(passage.text());
            while (matcher.find()) {
                hits.add(matcher.start(), matcher.end(), rule.kind(), rule.name(), 90);
            }
        });
    }
}
