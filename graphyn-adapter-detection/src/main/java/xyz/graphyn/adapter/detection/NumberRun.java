package xyz.graphyn.adapter.detection;

/**
 * Groups of digits that stand close together, such as those of a card's number: a window over at most {@value #MAX_GROUPS} of
 * them. Numbers are looked for in the window's first groups.
 */
final class NumberRun {
    static final int MAX_GROUPS = 10;
    static final int MAX_DIGITS = 24;

    final Scan scan;
    private final int[] starts = new int[MAX_GROUPS];
    private final int[] ends = new int[MAX_GROUPS];
    private final int[] sums = new int[MAX_GROUPS];
    private final char[] digits = new char[MAX_DIGITS];
    private int groups;

    NumberRun(Scan scan) {
        this.scan = scan;
    }

    /** Takes the groups from a place on where a digit stands. Returns where the first group ends. */
    int take(int from) {
        groups = 0;
        int count = 0;
        int first = from;
        int at = from;
        while (groups < MAX_GROUPS) {
            int end = at;
            while (Scan.isDigit(scan.at(end))) {
                if (count < MAX_DIGITS) {
                    digits[count] = scan.at(end);
                }
                count++;
                end++;
            }
            scan.worked(end - at);
            if (groups == 0) {
                first = end;
            }
            if (count > MAX_DIGITS) {
                break;
            }
            starts[groups] = at;
            ends[groups] = end;
            sums[groups++] = count;
            at = next(end);
            if (at < 0) {
                break;
            }
        }
        return first;
    }

    /** Where the next group starts, at most two marks behind this one, or -1. */
    private int next(int end) {
        int at = end;
        while (at - end < 3 && isJoint(scan.at(at))) {
            at++;
        }
        return at > end && Scan.isDigit(scan.at(at)) ? at : -1;
    }

    static boolean isJoint(char c) {
        return c == ' '
                || c == '-'
                || c == '.'
                || c == '/'
                || c == '('
                || c == ')'
                || c == '\u00a0'
                || c == '\u2011'
                || c == '\u2010'
                || c == '\u2013';
    }

    int groups() {
        return groups;
    }

    int start() {
        return starts[0];
    }

    int start(int group) {
        return starts[group];
    }

    /** Behind the last digit of the first so many groups. */
    int end(int count) {
        return ends[count - 1];
    }

    int length(int group) {
        return ends[group] - starts[group];
    }

    int digits(int count) {
        return count == 0 ? 0 : sums[count - 1];
    }

    /** The digits of the first so many groups, without what stands between them. */
    String number(int count) {
        return new String(digits, 0, digits(count));
    }

    char digit(int index) {
        return digits[index];
    }

    /** Whether one and the same mark stands between the first so many groups, alone. */
    boolean evenlyJoined(int count) {
        for (int i = 1; i < count; i++) {
            if (starts[i] - ends[i - 1] != 1 || scan.at(ends[i - 1]) != scan.at(ends[0])) {
                return false;
            }
        }
        return true;
    }

    /** What joins the first two groups. */
    char joint() {
        return scan.at(ends[0]);
    }

    /** Whether nothing that belongs to a word or a longer number stands around the first so many groups. */
    boolean standsAlone(int count) {
        char before = scan.at(start() - 1);
        char after = scan.at(end(count));
        return !isPartOfWord(before) && !isPartOfWord(after) && !decimalBefore() && !decimalAfter(count);
    }

    private boolean decimalBefore() {
        char before = scan.at(start() - 1);
        return (before == '.' || before == ',') && Scan.isDigit(scan.at(start() - 2));
    }

    private boolean decimalAfter(int count) {
        return (scan.at(end(count)) == '.' || scan.at(end(count)) == ',') && Scan.isDigit(scan.at(end(count) + 1));
    }

    private static boolean isPartOfWord(char c) {
        return Scan.isAlphanumeric(c) || c == '_' || (c > 127 && Character.isDigit(c));
    }
}
