package xyz.graphyn.domain.masking;

import java.util.List;
import java.util.Set;

/**
 * What an organization adds to the rules that are built in.
 *
 * @param revision goes up with every change, from 0
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

    /** What holds until an organization says otherwise. */
    public static final DetectionRules DEFAULT = new DetectionRules(0, Set.of("US"), List.of(), List.of());

    public DetectionRules {
        phoneRegions = Set.copyOf(phoneRegions);
        fields = List.copyOf(fields);
        patterns = List.copyOf(patterns);
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
    }

    /**
     * A pattern whose matches are sensitive.
     *
     * @param regex in RE2's syntax, without back-references and look-around, so that matching takes linear time; at most
     *     {@value #MAX_REGEX} characters
     */
    public record CustomPattern(String name, String regex, Kind kind) {
        public static final int MAX_REGEX = 500;
    }
}
