package xyz.graphyn.domain.json;

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

    @Override
    public String toString() {
        return text;
    }
}
