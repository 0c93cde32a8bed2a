package xyz.graphyn.domain.json;

import java.util.SequencedMap;

/**
 * The text of one JSON object (RFC 8259), exactly as it came: white space, the order of its members and the way its
 * numbers are written are kept, because what is stored, streamed and shown must equal what was sent.
 *
 * <p>That the text is well-formed, has no member twice, no lone surrogate and no U+0000 is proved where it enters; this
 * type carries the proof, it does not repeat it. Equality is that of the text.
 */
public record Json(String text) {
    /** An object without members. */
    public static final Json EMPTY = new Json("{}");

    /**
     * An object of these members, in their order.
     *
     * @param members well-formed texts, without U+0000
     */
    public static Json of(SequencedMap<String, String> members) {
        StringBuilder text = new StringBuilder("{");
        members.forEach((name, value) -> {
            quote(text.length() == 1 ? text : text.append(','), name).append(':');
            quote(text, value);
        });
        return new Json(text.append('}').toString());
    }

    /** As RFC 8259, section 7, has it: what must be escaped is, and nothing else. */
    private static StringBuilder quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == '"' || unit == '\\') {
                out.append('\\').append(unit);
            } else if (unit < ' ') {
                out.append("\\u00")
                        .append(Character.forDigit(unit >> 4, 16))
                        .append(Character.forDigit(unit & 0xF, 16));
            } else {
                out.append(unit);
            }
        }
        return out.append('"');
    }

    @Override
    public String toString() {
        return text;
    }
}
