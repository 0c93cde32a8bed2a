package xyz.graphyn.domain.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Findings;

/** Parts of long contents, with what is sensitive in them, so that they are masked as the whole is. */
public final class Excerpts {
    /** Stands where something was left out. */
    static final String GAP = "\u2026";

    private static final String CONTENT = "/content";

    private Excerpts() {}

    /**
     * The node with these parts of its content only, in the content's order, whatever theirs. A part that begins or ends
     * within a finding has all of it.
     *
     * @param parts at least one, each within the content
     */
    public static Node of(Node node, List<Span> parts) {
        List<Finding> findings = node.findings().in(CONTENT);
        StringBuilder content = new StringBuilder();
        List<Finding> moved = new ArrayList<>();
        int end = 0;
        for (Span part : whole(parts, findings)) {
            if (part.start() > end) {
                content.append(content.isEmpty() ? GAP : " " + GAP + " ");
            }
            int shift = content.length() - part.start();
            content.append(node.content(), part.start(), part.end());
            for (Finding finding : findings) {
                if (finding.start() >= part.start() && finding.end() <= part.end()) {
                    moved.add(new Finding(
                            finding.start() + shift, finding.end() + shift, finding.kind(), finding.rule()));
                }
            }
            end = part.end();
        }
        content.append(end < node.content().length() ? GAP : "");
        Map<String, List<Finding>> fields = new HashMap<>(node.findings().byField());
        fields.put(CONTENT, moved);
        return node.excerpt(content.toString(), new Findings(node.findings().rules(), fields));
    }

    /** The content with blanks where something sensitive stands: as long as it is, and telling nothing of that. */
    public static String blank(Node node) {
        StringBuilder content = new StringBuilder(node.content());
        for (Finding finding : node.findings().in(CONTENT)) {
            content.replace(finding.start(), finding.end(), " ".repeat(finding.length()));
        }
        return content.toString();
    }

    /** A part of a content, with up to so many UTF-16 units more on either side, cutting no character in two. */
    public static Span around(String content, Span part, int more) {
        int start = Math.max(0, part.start() - more);
        int end = Math.min(content.length(), part.end() + more);
        return new Span(
                start > 0 && Character.isLowSurrogate(content.charAt(start)) ? start - 1 : start,
                end < content.length() && Character.isLowSurrogate(content.charAt(end)) ? end + 1 : end);
    }

    /** In order, without overlap, and with the findings that they touch. */
    private static List<Span> whole(List<Span> parts, List<Finding> findings) {
        List<Span> whole = new ArrayList<>();
        for (Span part :
                parts.stream().sorted(Comparator.comparingInt(Span::start)).toList()) {
            int start = part.start();
            int end = part.end();
            for (Finding finding : findings) {
                if (finding.start() < end && finding.end() > start) {
                    start = Math.min(start, finding.start());
                    end = Math.max(end, finding.end());
                }
            }
            if (!whole.isEmpty() && whole.getLast().end() >= start) {
                Span before = whole.removeLast();
                start = before.start();
                end = Math.max(before.end(), end);
            }
            whole.add(new Span(start, end));
        }
        return whole;
    }
}
