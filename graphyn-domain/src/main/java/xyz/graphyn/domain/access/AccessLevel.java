package xyz.graphyn.domain.access;

/** How much of what is sensitive somebody sees. Each level shows at least what those before it show. */
public enum AccessLevel {
    /** That there is something, and of which kind. */
    MASKED,
    /** A hint of it, too little to use. */
    PARTIAL,
    /** It, as it came. */
    RAW;

    public boolean covers(AccessLevel needed) {
        return compareTo(needed) >= 0;
    }
}
