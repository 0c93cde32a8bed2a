package xyz.graphyn.adapter.detection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import xyz.graphyn.adapter.detection.Corpus.Row;
import xyz.graphyn.adapter.detection.Corpus.Span;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.Detector;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Located;

/**
 * Counts hits and misses by the corpus's rules: a label is hit if a finding of its kind meets it; a finding is wrong if its kind
 * is in the row's scope and it meets no label. Kinds of secrets count as one, since sources name them differently.
 */
final class Score {
    static final Set<String> SECRETS = Set.of("SECRET", "JWT", "PRIVATE_KEY", "PASSWORD", "CONNECTION_STRING");

    /** Of one kind in one class of rows. */
    static final class Line {
        int hit;
        int missed;
        int wrong;
        int rows;
        int flagged;

        double precision() {
            return hit + wrong == 0 ? 1 : (double) hit / (hit + wrong);
        }

        double recall() {
            return hit + missed == 0 ? 1 : (double) hit / (hit + missed);
        }

        double flaggedShare() {
            return rows == 0 ? 0 : (double) flagged / rows;
        }
    }

    private final Detector detector;
    private final DetectionRules rules;
    private final Map<String, Line> lines = new TreeMap<>();
    private final List<String> mistakes = new ArrayList<>();
    private int survivors;

    Score(Detector detector, DetectionRules rules) {
        this.detector = detector;
        this.rules = rules;
    }

    Line line(String name) {
        return lines.computeIfAbsent(name, key -> new Line());
    }

    Map<String, Line> lines() {
        return lines;
    }

    List<String> mistakes() {
        return mistakes;
    }

    /** Labelled secrets of which a piece of 8 or more characters is left when what was found is cut out. */
    int survivors() {
        return survivors;
    }

    /** Personal data, kind by kind. */
    void kinds(List<Row> rows, Predicate<String> wanted) {
        for (Row row : rows) {
            if (row.json() || row.weak() || row.ruleSpecific()) {
                continue;
            }
            List<Finding> findings = detector.inText(row.text(), rules);
            for (String kind : row.scope()) {
                if (wanted.test(kind) && !SECRETS.contains(kind)) {
                    count(kind, row, findings, Set.of(kind));
                }
            }
        }
    }

    /** Secrets, by the source of the rows and by whether they can be told without context. */
    void secrets(List<Row> rows) {
        for (Row row : rows) {
            if (row.weak() || !(row.scope().contains("SECRET") || row.scope().contains("PASSWORD"))) {
                continue;
            }
            String source = row.source().replaceFirst("github:[^/]*/", "").replaceFirst("@.*", "");
            String context = row.needsContext()
                    .map(needs -> needs ? " in context" : " by prefix")
                    .orElse("");
            if (row.json()) {
                document(source, row);
                continue;
            }
            List<Finding> findings = detector.inText(row.text(), rules);
            if (row.ruleSpecific() || row.negative()) {
                Line line = line(source + (row.ruleSpecific() ? " (not by one rule)" : " (negative)"));
                line.rows++;
                if (findings.stream()
                        .anyMatch(found -> SECRETS.contains(found.kind().name()))) {
                    line.flagged++;
                    mistakes.add(
                            (row.ruleSpecific() ? "soft " : "flag ") + row.subtype() + " | " + shown(row, findings));
                }
            } else {
                count(source + context, row, findings, SECRETS);
                survivors += (int) row.spans().stream()
                        .filter(span -> SECRETS.contains(span.kind()))
                        .filter(span -> survives(span, row, findings))
                        .count();
            }
        }
    }

    private void document(String source, Row row) {
        List<Located> located = detector.locate(row.text(), rules);
        if (row.negative()) {
            Line line = line(row.kind() + " (negative)");
            line.rows++;
            Set<String> scope = new HashSet<>(row.scope());
            if (scope.contains("SECRET")) {
                scope.addAll(SECRETS);
            }
            if (located.stream().anyMatch(found -> scope.contains(found.kind().name()))) {
                line.flagged++;
                mistakes.add("flag " + row.kind() + " | " + located + " " + row.text());
            }
            return;
        }
        Line line = line(source + " (json)");
        for (Span pointer : row.pointers()) {
            String path = pointer.kind().substring(pointer.kind().indexOf(' ') + 1);
            if (located.stream().anyMatch(found -> found.path().equals(path))) {
                line.hit++;
            } else {
                line.missed++;
                mistakes.add("miss " + source + " json | " + path + " " + row.text());
            }
        }
    }

    private void count(String name, Row row, List<Finding> findings, Set<String> kinds) {
        Line line = line(name);
        line.rows++;
        for (Span span : row.spans()) {
            if (!kinds.contains(span.kind())) {
                continue;
            }
            if (findings.stream().anyMatch(f -> kinds.contains(f.kind().name()) && span.meets(f.start(), f.end()))) {
                line.hit++;
            } else {
                line.missed++;
                mistakes.add("miss " + name + " " + row.subtype() + " | " + shown(row, findings));
            }
        }
        if (row.partial()) {
            return;
        }
        for (Finding found : findings) {
            boolean known = row.spans().stream()
                    .anyMatch(span -> kinds.contains(span.kind()) && span.meets(found.start(), found.end()));
            if (kinds.contains(found.kind().name()) && !known) {
                line.wrong++;
                mistakes.add(
                        "wrong " + name + " " + row.subtype() + " " + row.text().substring(found.start(), found.end())
                                + " " + found.rule() + " | " + shown(row, findings));
            }
        }
    }

    private boolean survives(Span span, Row row, List<Finding> findings) {
        int run = 0;
        for (int i = span.start(); i < span.end(); i++) {
            int at = i;
            boolean hidden = findings.stream().anyMatch(found -> found.start() <= at && at < found.end());
            run = hidden || row.text().charAt(i) <= ' ' ? 0 : run + 1;
            if (run >= 8) {
                mistakes.add("left " + row.source() + " | " + shown(row, findings));
                return true;
            }
        }
        return false;
    }

    private static String shown(Row row, List<Finding> findings) {
        StringBuilder shown = new StringBuilder(row.text());
        for (Finding found : findings.reversed()) {
            shown.insert(found.end(), "»").insert(found.start(), "«" + found.rule() + ":");
        }
        List<String> labels = row.spans().stream()
                .map(span -> span.kind() + "=" + row.text().substring(span.start(), span.end()))
                .toList();
        return labels + " | " + shown.toString().replace('\n', '⏎');
    }

    String table() {
        StringBuilder table = new StringBuilder(
                "%n%-44s %5s %5s %5s %6s %6s %9s%n".formatted("", "hit", "miss", "wrong", "P", "R", "flagged"));
        lines.forEach((name, line) -> table.append("%-44s %5d %5d %5d %6.3f %6.3f %9s%n"
                .formatted(
                        name,
                        line.hit,
                        line.missed,
                        line.wrong,
                        line.precision(),
                        line.recall(),
                        line.hit + line.missed + line.wrong == 0 ? line.flagged + "/" + line.rows : "")));
        return table.toString();
    }
}
