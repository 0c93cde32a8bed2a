package xyz.graphyn.domain.masking;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was found in the texts of one row, and by which rules.
 *
 * @param rules the version of the rules that searched it
 * @param byField for each text with findings, named by its JSON Pointer (RFC 6901) in the row's representation, such as
 *     {@code /payload} or {@code /labels/3}: what was found in it, in order, without overlap; fields without are left out
 */
public record Findings(RulesVersion rules, Map<String, List<Finding>> byField) {
    /** Of a row that nobody has searched yet. */
    public static final Findings UNSCANNED = new Findings(RulesVersion.NONE, Map.of());

    /** @throws IllegalArgumentException if findings of one field overlap or are out of order */
    public Findings {
        byField = byField.isEmpty() ? Map.of() : checked(byField); // nearly every row is without
    }

    private static Map<String, List<Finding>> checked(Map<String, List<Finding>> byField) {
        Map<String, List<Finding>> checked = byField.entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, field -> List.copyOf(field.getValue())));
        checked.values().forEach(Findings::requireOrder);
        return checked;
    }

    public static Findings none(RulesVersion rules) {
        return new Findings(rules, Map.of());
    }

    /** In the text of a field; empty if there are none. */
    public List<Finding> in(String field) {
        return byField.getOrDefault(field, List.of());
    }

    public boolean isEmpty() {
        return byField.isEmpty();
    }

    /** @throws IllegalArgumentException if the view hides something, and nobody knows what there is to hide */
    public void requireFor(View view) {
        if (view.needsFindings() && rules.equals(RulesVersion.NONE)) {
            throw new IllegalArgumentException("what nobody has searched is not shown below raw");
        }
    }

    public int count() {
        int count = 0;
        for (List<Finding> findings : byField.values()) {
            count += findings.size();
        }
        return count;
    }

    private static void requireOrder(List<Finding> findings) {
        int end = 0;
        for (Finding finding : findings) {
            if (finding.start() < end) {
                throw new IllegalArgumentException("findings must follow each other");
            }
            end = finding.end();
        }
    }
}
