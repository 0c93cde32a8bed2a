package xyz.graphyn.domain.masking;

import java.util.Arrays;

/**
 * Masks and hints that stand in a text already, because it was masked before it came here or came back. They are neither
 * searched nor heard: {@code [PHONE]} is no phone number, and does not make one of the digits beside it. So a masked text,
 * masked again, stays what it is.
 */
final class AlreadyMasked {
    /** Takes the place of each unit of a mask: neither a letter nor a digit, a mark nor a space. */
    static final char BLANK = '\ufffc';

    /** Of the domain of an e-mail address. */
    private static final int MAX_DOMAIN = 255;

    private static final String CARD = "**** **** **** ";
    private static final String IBAN = "** **** **** ";
    private static final String SSN = "***-**-";
    private static final String ADDRESS = ".*.*.*";
    private static final String DEVICE = "-******";

    private final String text;
    private final char[] blanked;
    private int start;
    private int end;

    private AlreadyMasked(String text) {
        this.text = text;
        blanked = text.toCharArray();
    }

    /** The text with what is masked in it blanked, as long as it was. */
    static String blanked(String text) {
        return text.indexOf('[') < 0 && text.indexOf('*') < 0 ? text : new AlreadyMasked(text).blank();
    }

    /** Whether there are masks in a part of a text that was {@link #blanked}, and beside them nothing that says anything. */
    static boolean isAll(String blanked, int start, int end) {
        boolean masks = false;
        for (int i = start; i < end; i++) {
            char c = blanked.charAt(i);
            masks |= c == BLANK;
            if (Character.isLetterOrDigit(c) || (c > 127 && c != BLANK)) {
                return false;
            }
        }
        return masks;
    }

    private String blank() {
        boolean any = false;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if ((c == '[' && isMask(at)) || (c == '*' && isHint(at))) {
                Arrays.fill(blanked, start, end, BLANK);
                any = true;
                at = end;
            } else if (c == '*') {
                at = behindStars(at);
            } else {
                at++;
            }
        }
        return any ? new String(blanked) : text;
    }

    /** {@code [US_SSN]}. */
    private boolean isMask(int open) {
        int at = open + 1;
        while (at - open <= Kind.MAX_NAME && isOfKind(at(at)) && (at - open > 1 || !isDigit(at(at)))) {
            at++;
        }
        return at - open > 2 && at(at) == ']' && is(open, at + 1);
    }

    private boolean isHint(int star) {
        int stars = behindStars(star) - star;
        return isEmail(star, stars)
                || (text.startsWith(CARD, star) && isEnd(star + CARD.length(), 4, 4) && is(star, end))
                || isIban(star)
                || (text.startsWith(SSN, star) && isEnd(star + SSN.length(), 4, 4) && is(star, end))
                || isAddress(star)
                || isDevice(star)
                || (stars == 3 && (isPhone(star) || isKey(star) || isWallet(star)));
    }

    private boolean isEmail(int star, int stars) {
        int at = star + stars;
        if (stars < 3 || stars > 4 || at(at) != '@') {
            return false;
        }
        int to = at + 1;
        while (to - at <= MAX_DOMAIN && (Character.isLetterOrDigit(at(to)) || at(to) == '.' || at(to) == '-')) {
            to++;
        }
        int from = star;
        if (Character.isLetterOrDigit(at(star - 1))) {
            from--;
        } else if (star > 1 && Character.isSurrogatePair(at(star - 2), at(star - 1))) {
            from -= 2;
        }
        return to > at + 1 && is(from, to);
    }

    /** {@code +49 *** 1820}. */
    private boolean isPhone(int star) {
        if (at(star + 3) != ' ' || !isEnd(star + 4, 2, 4)) {
            return false;
        }
        if (isDigit(at(end + 1)) && " -./".indexOf(at(end)) >= 0) {
            return false; // "*** 415 555 2671" is a number behind three stars
        }
        int from = star;
        if (at(star - 1) == ' ') {
            int digits = star - 1;
            while (star - digits < 4 && isDigit(at(digits - 1))) {
                digits--;
            }
            if (digits < star - 1 && at(digits - 1) == '+') {
                from = digits - 1;
            }
        }
        return is(from, end);
    }

    private boolean isIban(int star) {
        int last = star + IBAN.length();
        if (!text.startsWith(IBAN, star) || !isCapital(at(star - 1)) || !isCapital(at(star - 2))) {
            return false;
        }
        for (int i = last; i < last + 4; i++) {
            if (!isCapital(at(i)) && !isDigit(at(i))) {
                return false;
            }
        }
        return is(star - 2, last + 4);
    }

    /** {@code 192.*.*.*}, {@code 2001:***}. */
    private boolean isAddress(int star) {
        boolean four = text.startsWith(ADDRESS, star - 1);
        if (!four && !text.startsWith(":***", star - 1)) {
            return false;
        }
        int from = star - 1;
        while (star - 1 - from < 4 && (four ? isDigit(at(from - 1)) : isHex(at(from - 1)))) {
            from--;
        }
        return from < star - 1 && is(from, four ? star + ADDRESS.length() - 1 : star + 3);
    }

    /** {@code 001A2B-******}. */
    private boolean isDevice(int star) {
        if (!text.startsWith(DEVICE, star - 1)) {
            return false;
        }
        for (int i = star - 7; i < star - 1; i++) {
            if (!isHex(at(i))) {
                return false;
            }
        }
        return is(star - 7, star + DEVICE.length() - 1);
    }

    /** {@code sk-***}. */
    private boolean isKey(int star) {
        for (String prefix : Hints.KEY_PREFIXES) {
            int from = star - prefix.length();
            if (text.startsWith(prefix, from) && !Character.isLetterOrDigit(at(from - 1))) {
                return is(from, star + 3);
            }
        }
        return false;
    }

    /** {@code ***5mdq}, but not the {@code ***Note} of a text with emphasis. */
    private boolean isWallet(int star) {
        boolean word = !isDigit(at(star + 3));
        for (int i = star + 3; i < star + 7; i++) {
            if (!isLatinOrDigit(at(i))) {
                return false;
            }
            word &= i == star + 3 || (!isDigit(at(i)) && !isCapital(at(i)));
        }
        if (word) {
            return false;
        }
        char after = at(star + 7);
        return !Character.isLetterOrDigit(at(star - 1))
                && !Character.isLetterOrDigit(after)
                && after != '*'
                && is(star, star + 7);
    }

    /** Whether so many digits stand here and no more; then the hint ends with them. */
    private boolean isEnd(int from, int least, int most) {
        int to = from;
        while (to - from <= most && isDigit(at(to))) {
            to++;
        }
        end = to;
        return to - from >= least && to - from <= most;
    }

    private boolean is(int from, int to) {
        start = from;
        end = to;
        return true;
    }

    private int behindStars(int star) {
        int at = star;
        while (at(at) == '*') {
            at++;
        }
        return at;
    }

    private char at(int index) {
        return index >= 0 && index < text.length() ? text.charAt(index) : '\n';
    }

    private static boolean isOfKind(char c) {
        return isCapital(c) || isDigit(c) || c == '_';
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static boolean isLatinOrDigit(char c) {
        return isCapital(c) || isDigit(c) || (c >= 'a' && c <= 'z');
    }
}
