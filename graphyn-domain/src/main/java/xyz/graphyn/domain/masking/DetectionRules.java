package xyz.graphyn.domain.masking;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import xyz.graphyn.domain.validation.Checks;

/**
 * What an organization adds to the rules that are built in.
 *
 * @param revision goes up with every change of them, from 0
 * @param phoneRegions the countries (ISO 3166-1 alpha-2) whose national phone numbers are looked for, at most
 *     {@value #MAX_REGIONS}; international ones are always found
 * @param fields members of JSON documents whose values are always sensitive, at most {@value #MAX_FIELDS}
 * @param patterns patterns of their own, at most {@value #MAX_PATTERNS}
 */
public record DetectionRules(
        int revision, Set<String> phoneRegions, List<SensitiveField> fields, List<CustomPattern> patterns) {
    public static final int MAX_REGIONS = 10;
    public static final int MAX_FIELDS = 200;
    public static final int MAX_PATTERNS = 50;

    private static final Pattern REGION = Pattern.compile("[A-Z]{2}");

    /** What holds until an organization says otherwise. */
    public static final DetectionRules DEFAULT = new DetectionRules(0, Set.of("US"), List.of(), List.of());

    /** @throws xyz.graphyn.domain.validation.Invalid with every mistake */
    public DetectionRules {
        phoneRegions = Set.copyOf(phoneRegions);
        fields = List.copyOf(fields);
        patterns = List.copyOf(patterns);
        Checks checks = new Checks()
                .atMost("/phoneRegions", phoneRegions.size(), MAX_REGIONS)
                .atMost("/fields", fields.size(), MAX_FIELDS)
                .atMost("/patterns", patterns.size(), MAX_PATTERNS);
        if (revision < 0) {
            checks.add("/revision", "out-of-range", "must be 0 or more");
        }
        if (!phoneRegions.stream().allMatch(region -> REGION.matcher(region).matches())) {
            checks.add("/phoneRegions", "malformed", "must name countries by two capital letters");
        }
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < Math.min(fields.size(), MAX_FIELDS); i++) {
            fields.get(i).check(checks, "/fields/" + i, paths);
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < Math.min(patterns.size(), MAX_PATTERNS); i++) {
            patterns.get(i).check(checks, "/patterns/" + i, names);
        }
        checks.orThrow();
    }

    /** The same rules, changed for the {@code revision}th time. */
    public DetectionRules as(int revision) {
        return new DetectionRules(revision, phoneRegions, fields, patterns);
    }

    /**
     * That these may replace {@code before}: rules that differ have a higher revision, or else what was searched by the one
     * would pass for searched by the other.
     *
     * @throws IllegalArgumentException if they may not
     */
    public void requireFollows(DetectionRules before) {
        if (revision < before.revision || (revision == before.revision && !equals(before))) {
            throw new IllegalArgumentException("other rules need a higher revision");
        }
    }

    /**
     * A member whose value is sensitive, whatever it looks like.
     *
     * @param path names of members from the outside in, separated by dots, {@code *} for any one name or place in an array,
     *     {@code **} for any number of them; for example {@code **.customer.name}
     */
    public record SensitiveField(String path, Kind kind) {
        public static final int MAX_PATH = 200;

        private void check(Checks checks, String pointer, Set<String> others) {
            checks.text(pointer + "/path", path, MAX_PATH);
            if (path.length() > MAX_PATH || path.isBlank()) {
                return;
            }
            if (!FieldPaths.isPath(path)) {
                checks.add(
                        pointer + "/path",
                        "malformed",
                        "must be at most " + FieldPaths.MAX_NAMES + " names, or * or **, separated by single dots");
            } else if (path.chars().allMatch(c -> c == '*' || c == '.')) {
                checks.add(pointer + "/path", "malformed", "must name a member somewhere");
            } else if (!others.add(path)) {
                checks.add(pointer + "/path", "duplicate", "must not stand twice");
            }
        }
    }

    /**
     * A pattern whose matches are sensitive.
     *
     * @param name which its findings carry as their rule: lower-case letters and digits with single hyphens, at most
     *     {@value #MAX_NAME} characters
     * @param regex in RE2's syntax, without back-references and look-around, so that matching takes linear time; at most
     *     {@value #MAX_REGEX} characters
     */
    public record CustomPattern(String name, String regex, Kind kind) {
        public static final int MAX_NAME = 60;
        public static final int MAX_REGEX = 500;

        private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)*+");

        private void check(Checks checks, String pointer, Set<String> others) {
            checks.text(pointer + "/regex", regex, MAX_REGEX);
            if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
                checks.add(
                        pointer + "/name",
                        "malformed",
                        "must be lower-case letters and digits with single hyphens, at most " + MAX_NAME);
            } else if (!others.add(name)) {
                checks.add(pointer + "/name", "duplicate", "must not stand twice");
            }
        }
    }
}
