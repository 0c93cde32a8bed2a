package xyz.graphyn.domain.masking;

/**
 * What a member's name says about its value.
 *
 * @param sure whether the name alone says so; otherwise the value must look like a secret as well, since {@code token} is also
 *     a word of a text, and {@code key} the name of a map's entries
 */
record Sensitivity(Kind kind, boolean sure) {
    /** A contact's field holds a line, a message about a contact holds more. */
    private static final int MAX_LINE = 200;

    private static final int MIN_SECRET = 8;

    /** Objects under {@code credentials} hold secrets; an object under {@code email} is a message. */
    boolean coversObjects() {
        return kind.equals(Kind.SECRET) || kind.equals(Kind.PASSWORD) || kind.equals(Kind.PRIVATE_KEY);
    }

    boolean coversNumbers() {
        return sure;
    }

    /**
     * @param value with what is masked in it blanked
     * @param inherited whether the name is that of an object around the value's own, which may hold a description too
     */
    boolean covers(String value, boolean inherited) {
        if (!coversObjects()) {
            return value.length() <= MAX_LINE;
        }
        return (sure && !inherited) ? !value.isBlank() : looksSecret(value, inherited ? 1 : MIN_SECRET);
    }

    private static boolean looksSecret(String value, int min) {
        if (value.length() < min) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            // What was masked may have held a blank.
            if (value.charAt(i) <= ' ' || value.charAt(i) == AlreadyMasked.BLANK) {
                return false;
            }
        }
        return true;
    }
}
