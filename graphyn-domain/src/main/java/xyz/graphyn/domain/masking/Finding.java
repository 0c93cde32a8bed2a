package xyz.graphyn.domain.masking;

/**
 * One sensitive span of a text. Of a JSON document the text is the document's own, escapes and all, so that hiding it needs
 * no parsing: a span lies within one token, and if that is a number, covers it.
 *
 * @param start of the span, in UTF-16 units, from 0; never between the halves of a surrogate pair, nor within an escape
 * @param end behind its last unit, above {@code start}
 * @param rule which rule found it, for whoever wonders why: lower case, with hyphens, at most 60 characters
 */
public record Finding(int start, int end, Kind kind, String rule) {
    /** @throws IllegalArgumentException if it is not a span */
    public Finding {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("a finding has a first and a last character");
        }
    }

    public int length() {
        return end - start;
    }
}
