package xyz.graphyn.adapter.detection;

import xyz.graphyn.adapter.detection.Identifier.Says;
import xyz.graphyn.domain.masking.Kind;

/**
 * Passwords where something is set to them or compared with them, and the options of programs that take them. They may be short
 * and made of words, so what counts is the name; of other secrets this finds those in quotes that no token could look like.
 */
final class Passwords implements Rule {
    private static final int MAX_NAME = 60;
    private static final int MAX_VALUE = 200;
    private static final int WEIGHT = 42;
    /** Of a value that is told by its marks. */
    private static final int MIN_SCRAMBLED = 8;

    @Override
    public int needs() {
        return Scan.LETTER;
    }

    @Override
    public void search(Scan scan) {
        if (scan.has(Scan.EQUALS) || scan.has(Scan.COLON)) {
            operators(scan);
        }
        if (scan.has(Scan.SPACE)) {
            said(scan, "assword is ");
            said(scan, "asscode is ");
            if (scan.has(Scan.DASH | Scan.COLON)) {
                option(scan, " -u ");
                option(scan, " --user ");
            }
            if (scan.has(Scan.QUOTE)) {
                configured(scan);
            }
        }
    }

    private static void operators(Scan scan) {
        String text = scan.text;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=' || c == ':') {
                if (c == '=' && (scan.at(i + 1) == '=' || scan.at(i - 1) == '!')) {
                    compared(scan, i);
                }
                assigned(scan, i);
                while (scan.at(i + 1) == '=' || scan.at(i + 1) == ':') {
                    i++;
                }
            }
        }
    }

    private static void assigned(Scan scan, int operator) {
        int end = operator;
        while (operator - end < 4
                && (scan.at(end - 1) == ' '
                        || Scan.isQuote(scan.at(end - 1))
                        || "!?:+\\".indexOf(scan.at(end - 1)) >= 0)) {
            end--;
        }
        Says says = nameBefore(scan, end);
        if (says != Says.PASSWORD && says != Says.SECRET) {
            return;
        }
        int at = operator + 1;
        while (at - operator < 8 && "=:> \t".indexOf(scan.at(at)) >= 0 && at < scan.text.length()) {
            at++;
        }
        value(scan, at, says, false);
    }

    private static Says nameBefore(Scan scan, int end) {
        int start = end;
        while (end - start < MAX_NAME && start > 0 && isNameCharacter(scan.text.charAt(start - 1))) {
            start--;
        }
        scan.worked(end - start);
        if (end - start < 2 || !mayBeNamed(scan.text, start, end)) {
            return Says.NOTHING;
        }
        return Identifier.judge(scan.text.substring(start, end));
    }

    /** A quick look for the letters that all names in question share. */
    private static boolean mayBeNamed(String text, int start, int end) {
        for (int i = start; i < end - 1; i++) {
            int c = text.charAt(i) | 32;
            int d = text.charAt(i + 1) | 32;
            if ((c == 'p' && (d == 'w' || d == 'a' || d == 's'))
                    || (c == 'k' && d == 'e')
                    || (c == 't' && d == 'o')
                    || (c == 's' && d == 'e')
                    || (c == 'c' && d == 'r')) {
                return true;
            }
        }
        return false;
    }

    static boolean isNameCharacter(char c) {
        return Scan.isAlphanumeric(c) || c == '_' || c == '-' || c == '.' || c == '$' || c == '>';
    }

    private static void value(Scan scan, int start, Says says, boolean told) {
        char quote = scan.at(start);
        if (start < scan.text.length()
                && (Scan.isQuote(quote) || (quote == '\\' && Scan.isQuote(scan.at(start + 1))))) {
            int from = quote == '\\' ? start + 2 : start + 1;
            int end = from;
            while (end - from < MAX_VALUE
                    && end < scan.text.length()
                    && scan.at(end) != scan.at(from - 1)
                    && scan.at(end) != '\n') {
                end++;
            }
            scan.worked(end - start);
            int to = quote == '\\' && scan.at(end - 1) == '\\' ? end - 1 : end;
            if (to > from
                    && scan.at(end) == scan.at(from - 1)
                    && PasswordValues.isQuoted(scan.text.substring(from, to), says)) {
                hit(scan, from, to, says);
            }
            return;
        }
        int end = start;
        while (end - start < MAX_VALUE && end < scan.text.length() && !endsValue(scan.text.charAt(end))) {
            end++;
        }
        scan.worked(end - start);
        while (end > start && ".)".indexOf(scan.at(end - 1)) >= 0) {
            end--;
        }
        boolean last =
                end >= scan.text.length() || scan.at(end) != ' ' || scan.at(end + 1) == '#' || scan.at(end + 1) == '-';
        String value = scan.text.substring(start, end);
        if (says == Says.PASSWORD && PasswordValues.isBare(value, told || !last)) {
            hit(scan, start, end, says);
        } else if (says == Says.SECRET) {
            scrambled(scan, start);
        }
    }

    /** A value of many different marks, of which those that open and close don't match as they would in a program. */
    private static void scrambled(Scan scan, int start) {
        int end = start;
        int marks = 0;
        int different = 0;
        long seen = 0;
        int open = 0;
        boolean matched = true;
        boolean brackets = false;
        while (end - start < MAX_VALUE && scan.at(end) > ' ') {
            char c = scan.at(end++);
            if (c == ';' || c == '\\' || (Scan.isQuote(c) && scan.at(end) > ' ')) {
                return;
            }
            int opens = "([{".indexOf(c);
            int closes = ")]}".indexOf(c);
            if (opens >= 0) {
                open = open << 2 | opens + 1;
            } else if (closes >= 0) {
                matched &= (open & 3) == closes + 1;
                open >>>= 2;
            }
            brackets |= opens >= 0 || closes >= 0;
            if (c < 128 && !Scan.isTokenCharacter(c) && c != ')' && c != '%') {
                marks++;
                long bit = 1L << (c & 63);
                different += (seen & bit) == 0 ? 1 : 0;
                seen |= bit;
            }
        }
        scan.worked(end - start);
        while (end > start && Scan.isQuote(scan.at(end - 1))) {
            end--;
        }
        boolean balanced = brackets && matched && open == 0;
        if (end - start >= MIN_SCRAMBLED && marks >= 5 && different >= 5 && !balanced) {
            hit(scan, start, end, Says.SECRET);
        }
    }

    private static void hit(Scan scan, int start, int end, Says says) {
        boolean password = says == Says.PASSWORD;
        scan.hit(
                start,
                end,
                password ? Kind.PASSWORD : Kind.SECRET,
                password ? "password-in-context" : "secret-in-context",
                WEIGHT);
    }

    private static boolean endsValue(char c) {
        return c <= ' ' || ",;&\"'`".indexOf(c) >= 0;
    }

    /** {@code "value" == password}. */
    private static void compared(Scan scan, int operator) {
        int right = operator;
        while (right - operator < 6 && "= \t!".indexOf(scan.at(right)) >= 0 && right < scan.text.length()) {
            right++;
        }
        int end = right;
        while (end - right < MAX_NAME && end < scan.text.length() && isNameCharacter(scan.text.charAt(end))) {
            end++;
        }
        if (end - right < 2 || !mayBeNamed(scan.text, right, end)) {
            return;
        }
        Says says = Identifier.judge(scan.text.substring(right, end));
        int quote = operator - 1;
        while (operator - quote < 4 && "!= ".indexOf(scan.at(quote)) >= 0) {
            quote--;
        }
        if ((says == Says.PASSWORD || says == Says.SECRET) && quote > 0 && Scan.isQuote(scan.at(quote))) {
            int start = quote - 1;
            while (start > 0 && quote - start < MAX_VALUE && scan.at(start) != scan.at(quote)) {
                start--;
            }
            scan.worked(quote - start + end - operator);
            if (scan.at(start) == scan.at(quote)
                    && quote - start > 1
                    && PasswordValues.isQuoted(scan.text.substring(start + 1, quote), says)) {
                hit(scan, start + 1, quote, says);
            }
        }
    }

    private static void said(Scan scan, String phrase) {
        String text = scan.text;
        for (int at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
            value(scan, at + phrase.length(), Says.PASSWORD, true);
        }
    }

    /** {@code curl -u name:password}. */
    private static void option(Scan scan, String option) {
        String text = scan.text;
        for (int at = text.indexOf(option); at >= 0; at = text.indexOf(option, at + 1)) {
            int start = at + option.length();
            if (Scan.isQuote(scan.at(start))) {
                start++;
            }
            int end = start;
            int colon = -1;
            while (end - start < MAX_VALUE && end < text.length() && !endsValue(text.charAt(end))) {
                colon = colon < 0 && text.charAt(end) == ':' ? end : colon;
                end++;
            }
            scan.worked(end - at);
            if (colon > start && end - colon > 3 && !PasswordValues.isTemplate(text.substring(colon + 1, end))) {
                scan.hit(start, end, Kind.PASSWORD, "password-option", 71);
            }
        }
    }

    /** {@code password "value"}, as in files of configuration. */
    private static void configured(Scan scan) {
        String text = scan.text;
        for (int at = text.indexOf(" \""); at >= 0; at = text.indexOf(" \"", at + 2)) {
            Says says = nameBefore(scan, at);
            if (says == Says.PASSWORD || says == Says.SECRET) {
                value(scan, at + 1, says, false);
            }
        }
    }
}
