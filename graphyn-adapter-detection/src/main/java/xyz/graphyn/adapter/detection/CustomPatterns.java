package xyz.graphyn.adapter.detection;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import xyz.graphyn.domain.masking.DetectionRules.CustomPattern;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.validation.Violation;

/** The patterns of an organization. Matching takes time linear in the text and in the size of the compiled pattern. */
final class CustomPatterns implements Rule {
    /** Instructions; {@code \w{1000}} would take thousands, and each of them costs time at each character. */
    static final int MAX_PROGRAM = 1_000;

    /**
     * A text is searched in pieces. Finding one match takes time linear in the text, but finding all of them would not: each
     * search may look at all that follows before it settles for a short match.
     */
    private static final int PIECE = 1_000;
    /** A match up to this length is found whole wherever it lies. */
    private static final int OVERLAP = 200;
    /** In one piece; what more there is, is hidden with the rest of the piece. */
    private static final int MAX_MATCHES = 60;

    private static final int WEIGHT = 95;

    private record Compiled(Pattern pattern, Kind kind, String rule) {}

    private final List<Compiled> patterns;

    private CustomPatterns(List<Compiled> patterns) {
        this.patterns = patterns;
    }

    static CustomPatterns compile(List<CustomPattern> patterns, List<Violation> violations) {
        List<Compiled> compiled = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            CustomPattern pattern = patterns.get(i);
            String pointer = "/patterns/" + i + "/regex";
            if (pattern.regex().isEmpty() || pattern.regex().length() > CustomPattern.MAX_REGEX) {
                violations.add(new Violation(
                        pointer, "invalid-length", "must be 1 to " + CustomPattern.MAX_REGEX + " characters"));
                continue;
            }
            try {
                Pattern regex = Pattern.compile(pattern.regex());
                if (regex.programSize() > MAX_PROGRAM) {
                    violations.add(new Violation(
                            pointer, "too-complex", "must be simpler: repetitions count as often as they repeat"));
                } else if (regex.matcher("").matches()) {
                    violations.add(new Violation(pointer, "matches-nothing", "must not match the empty text"));
                } else {
                    compiled.add(new Compiled(regex, pattern.kind(), pattern.name()));
                }
            } catch (PatternSyntaxException e) {
                violations.add(new Violation(
                        pointer,
                        "invalid-regex",
                        "must be a regular expression in RE2's syntax: " + e.getDescription()));
            }
        }
        return new CustomPatterns(compiled);
    }

    @Override
    public int needs() {
        return 0;
    }

    @Override
    public void search(Scan scan) {
        for (Compiled compiled : patterns) {
            int length = scan.text.length();
            int from = 0;
            for (int end = Math.min(length, PIECE); ; end = Math.min(length, end + PIECE - OVERLAP)) {
                from = search(scan, compiled, from, end);
                if (end == length) {
                    break;
                }
                from = Math.max(from, end - OVERLAP);
            }
        }
    }

    /** Searches from one place up to another, and returns where the last match ended. */
    private static int search(Scan scan, Compiled compiled, int start, int end) {
        Matcher matcher = compiled.pattern.matcher(new Beginning(scan.text, end));
        int from = start;
        for (int matches = 0; from < end && matcher.find(from); matches++) {
            scan.worked(end - from);
            if (matches == MAX_MATCHES) {
                scan.hit(matcher.start(), end, compiled.kind, compiled.rule, WEIGHT);
                return end;
            }
            if (matcher.end() > matcher.start()) {
                scan.hit(matcher.start(), matcher.end(), compiled.kind, compiled.rule, WEIGHT);
            }
            from = Math.max(matcher.end(), from + 1);
        }
        scan.worked(end - Math.min(from, end));
        return Math.min(from, end);
    }

    /** The first part of a text, without a copy. */
    private record Beginning(String text, int length) implements CharSequence {
        @Override
        public char charAt(int index) {
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.substring(0, length);
        }
    }
}
