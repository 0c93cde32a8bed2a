package xyz.graphyn.domain.memory;

import org.jspecify.annotations.Nullable;

/**
 * Something that nodes have in common, by which one is found from another. Made from masked text only.
 *
 * @param key equal for all that have it in common, at most {@value #MAX_KEY} characters; begins with the kind's prefix, so that
 *     keys of different kinds are never equal
 * @param name of a {@link Kind#NAME}, as this node spells it; null for others
 */
public record NodeKey(Kind kind, String key, @Nullable String name) {
    public static final int MAX_KEY = 200;

    /** What two nodes may have in common. */
    public enum Kind {
        /** Both name the same person, place or thing. */
        NAME("n:"),
        /** Both were said by one speaker who has a name. */
        SPEAKER("s:"),
        /** Both say the same, in the same words: the newer one holds. */
        SAME_WORDS("d:"),
        /** Both tell what can be only one thing at a time: the newer one holds. */
        STATEMENT("u:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        public String prefix() {
            return prefix;
        }

        /** Whether of two nodes that have such a key in common, the newer one holds in the older one's place. */
        public boolean supersedes() {
            return switch (this) {
                case SAME_WORDS, STATEMENT -> true;
                case NAME, SPEAKER -> false;
            };
        }
    }

    /** @throws IllegalArgumentException if the key lacks its prefix, or is too long */
    public NodeKey {
        if (!key.startsWith(kind.prefix()) || key.length() > MAX_KEY) {
            throw new IllegalArgumentException("no key of its kind");
        }
    }

    /** The same name, as another kind of key. */
    public NodeKey as(Kind other) {
        return new NodeKey(other, other.prefix() + key.substring(kind.prefix().length()), null);
    }

    static NodeKey of(Kind kind, String rest) {
        return new NodeKey(kind, kind.prefix() + rest, null);
    }

    /** @param name as it is spelled */
    static NodeKey named(String name) {
        return new NodeKey(Kind.NAME, Kind.NAME.prefix() + MentionedNames.folded(name), name);
    }
}
