package xyz.graphyn.adapter.detection;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.detection.Identifier.Says;
import xyz.graphyn.domain.masking.Kind;

/**
 * Keys and tokens of services: those that start as their provider marks them, and values that look drawn by lot next to words
 * that say what they are.
 */
final class Secrets implements Rule {
    private static final int PREFIX_WEIGHT = 70;
    private static final int CONTEXT_WEIGHT = 40;
    /** How far before a value its name may stand. */
    private static final int NEAR = 100;

    private static final int MIN_VALUE = Scan.MIN_TOKEN;
    private static final int MIN_MARKED = Scan.MIN_PLAIN_TOKEN;
    private static final int SHAPED = 8;
    /** What looks drawn and is this long is no name, whatever it is set to. */
    private static final int MIN_PADDED = 24;
    /** A name is looked for at the start of a run no further than this. */
    private static final int MAX_NAME = 80;

    /** How much of a value tells whether it was drawn by lot. */
    private static final int MAX_LOOK = 256;

    /** Parts of the marks of many services: secret key, restricted key, token, and for which of two worlds. */
    private static final Set<String> KEY_PARTS = Set.of("sk", "rk", "tok", "live", "prod", "test", "oauth", "sandbox");

    private final SecretPrefixes prefixes;

    Secrets(SecretPrefixes prefixes) {
        this.prefixes = prefixes;
    }

    @Override
    public int needs() {
        return Scan.TOKEN;
    }

    @Override
    public void search(Scan scan) {
        String text = scan.text;
        int at = 0;
        while (at < text.length()) {
            if (!Scan.isTokenCharacter(text.charAt(at))) {
                at++;
                continue;
            }
            int end = at + 1;
            boolean digit = Scan.isDigit(text.charAt(at));
            while (end < text.length() && Scan.isTokenCharacter(text.charAt(end))) {
                digit |= Scan.isDigit(text.charAt(end));
                end++;
            }
            if (end - at >= MIN_VALUE) {
                scan.worked(end - at);
                run(scan, at, end, digit);
            }
            at = end;
        }
    }

    private void run(Scan scan, int start, int end, boolean digit) {
        int found = end - start >= MIN_MARKED ? marked(scan, start, end) : start;
        if (found > start || scan.number) {
            return;
        }
        if (digit && end - start >= SHAPED && shaped(scan, start, end)) {
            return;
        }
        if (digit || end - start >= 16) {
            inContext(scan, start, end);
        }
    }

    /** Secrets by their prefix. Returns where the last one ends. */
    private int marked(Scan scan, int start, int end) {
        int last = start;
        boolean boundary = true;
        int at = start;
        while (at < end) {
            char c = scan.text.charAt(at);
            if (boundary && Scan.isAlphanumeric(c)) {
                SecretPrefixes.Match match = prefixes.at(scan, at);
                if (match != null && (match.isCut(at) || !Scan.isAlphanumeric(scan.at(match.end())))) {
                    int first = scan.at(at - 1) == '.' && at > last ? Math.max(last, start) : at;
                    scan.hit(first, match.end(), Kind.SECRET, match.rule(), PREFIX_WEIGHT);
                    at = match.end();
                    last = at;
                    continue;
                }
            }
            boundary = !Scan.isAlphanumeric(c);
            at++;
        }
        return last;
    }

    /** Secrets that have no mark, but a shape of their own. */
    private static boolean shaped(Scan scan, int start, int end) {
        int hex = span(scan, start, end, Scan::isHex);
        if (hex == 32
                && scan.text.startsWith("-us", start + 32)
                && span(scan, start + 35, end, Scan::isDigit) == end - start - 35) {
            return shape(scan, start, end, "secret-mailchimp");
        }
        int digits = span(scan, start, end, Scan::isDigit);
        if (digits >= 1
                && digits <= 3
                && scan.at(start + digits) == '-'
                && end - start - digits == 65
                && span(scan, start + digits + 1, end, Scan::isAlphanumeric) == 64) {
            return shape(scan, start, end, "secret-truenas");
        }
        if (digits >= 13 && digits <= 17 && scan.at(start + digits) == '|' && end - start - digits >= 21) {
            return shape(scan, start, end, "secret-facebook");
        }
        if (digits >= 8 && digits <= 10 && start + digits == end && scan.at(end) == ':') {
            int secret = span(scan, end + 1, Math.min(scan.text.length(), end + 60), Jwts::isBase64Url);
            return secret == 35 && shape(scan, start, end + 1 + secret, "secret-telegram");
        }
        int first = span(scan, start, end, Jwts::isBase64Url);
        if (first >= 23 && first <= 28 && scan.at(start + first) == '.' && "MNO".indexOf(scan.at(start)) >= 0) {
            int second = span(scan, start + first + 1, end, Jwts::isBase64Url);
            int third = start + first + second + 2;
            if (second == 6 && third < end && span(scan, third, end, Jwts::isBase64Url) >= 27) {
                return shape(scan, start, end, "secret-discord");
            }
        }
        return false;
    }

    @FunctionalInterface
    private interface Characters {
        boolean have(char c);
    }

    private static int span(Scan scan, int start, int end, Characters characters) {
        int at = start;
        while (at < end && at - start < 100 && characters.have(scan.text.charAt(at))) {
            at++;
        }
        return at - start;
    }

    private static boolean shape(Scan scan, int start, int end, String rule) {
        scan.hit(start, end, Kind.SECRET, rule, PREFIX_WEIGHT);
        return true;
    }

    /** A value by the name before it, or by the name that it starts with, as in {@code KEY=value}. */
    private static void inContext(Scan scan, int start, int end) {
        String text = scan.text;
        int equals = text.indexOf('=', start, end);
        if (equals > start
                && equals - start <= MAX_NAME
                && equals < end - 1
                && isName(text, start, equals)
                && !DrawnValues.looksDrawn(text.substring(start, equals), MIN_PADDED, true)) {
            int from = equals + 1;
            while (from < end && text.charAt(from) == '=') {
                from++;
            }
            Says says = Identifier.judge(text.substring(start, equals));
            if (says == Says.HARMLESS || judge(scan, says, from, end, true)) {
                return;
            }
            // "?a=1&token=…" is cut by the ampersand, "x.y=token=…" is not cut at all.
            int second = text.indexOf('=', from, end);
            if (second > from
                    && second < end - 1
                    && second - from <= MAX_NAME
                    && isName(text, from, second)
                    && judge(scan, Identifier.judge(text.substring(from, second)), second + 1, end, true)) {
                return;
            }
        }
        Name name = before(scan, start);
        if (name != null && judge(scan, name.says, start, end, name.assigned)) {
            return;
        }
        glued(scan, start, end);
    }

    /** {@code gitter-secret-abc123…}, {@code acme_live_abc123…}. */
    private static void glued(Scan scan, int start, int end) {
        String text = scan.text;
        int word = start;
        for (int i = start; i < Math.min(end, start + MAX_NAME); i++) {
            char c = text.charAt(i);
            if (c == '-' || c == '_' || c == '.') {
                if (i - word >= 2 && end - i > 10 && span(text, word, i) == i - word) {
                    String part = Identifier.words(text.substring(word, i)).getLast();
                    Says says = Identifier.keyword(part);
                    boolean named = says == Says.SECRET || says == Says.PASSWORD || says == Says.MAYBE;
                    if (named || KEY_PARTS.contains(part)) {
                        String rest = text.substring(i + 1, Math.min(end, i + 1 + MAX_LOOK));
                        if (DrawnValues.looksDrawn(rest, named ? 16 : 20, true) && !Randomness.isWordy(rest)) {
                            scan.hit(i + 1, end, Kind.SECRET, "secret-in-context", CONTEXT_WEIGHT);
                            return;
                        }
                    }
                }
                word = i + 1;
            }
        }
    }

    private static int span(String text, int start, int end) {
        int at = start;
        while (at < end && Scan.isLetter(text.charAt(at))) {
            at++;
        }
        return at - start;
    }

    private record Name(Says says, boolean assigned) {}

    /** What the words before a value say; null for nothing. */
    private static @Nullable Name before(Scan scan, int start) {
        String text = scan.text;
        int limit = Math.max(0, start - NEAR);
        int at = start;
        boolean assigned = false;
        for (int names = 0; names < 4; names++) {
            int lines = 0;
            int joints = 0;
            while (at > limit && isSeparator(text.charAt(at - 1))) {
                char c = text.charAt(at - 1);
                assigned |= names == 0 && (c == ':' || c == '=' || c == '>' || c == ',' || c == '(');
                lines += c == '\n' ? 1 : 0;
                joints++;
                at--;
            }
            if (lines > 1
                    || (lines == 1 && names == 0 && scan.at(at - 1) != '>' && !assigned)
                    || (joints == 0 && names > 0)) {
                break;
            }
            int end = at;
            while (at > limit && isNameCharacter(text.charAt(at - 1))) {
                at--;
            }
            scan.worked(start - at);
            if (end == at) {
                break;
            }
            Says says = Identifier.judge(text.substring(at, end));
            if (says == Says.FILLER || (says == Says.NOTHING && !assigned)) {
                continue;
            }
            if (says == Says.NOTHING || (says == Says.HARMLESS && assigned)) {
                return names == 0 ? null : new Name(Says.HARMLESS, true);
            }
            return new Name(says, assigned || names == 0);
        }
        if (!scan.name.isEmpty() && (at <= 0 || text.isBlank())) {
            // What a name says outright, the walk over the document has heard.
            Says says = Identifier.judge(scan.name);
            return says == Says.PROVIDER ? new Name(says, true) : null;
        }
        return null;
    }

    private static boolean isSeparator(char c) {
        return c <= ' ' || "\"'`:=>,()[]{}?|!&;<*\\+@".indexOf(c) >= 0;
    }

    private static boolean isNameCharacter(char c) {
        return Scan.isAlphanumeric(c) || c == '_' || c == '-' || c == '.' || c == '$' || c == '/';
    }

    private static boolean isName(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isNameCharacter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean judge(Scan scan, Says says, int start, int end, boolean assigned) {
        int to = end;
        while (to > start && ".,-".indexOf(scan.text.charAt(to - 1)) >= 0) {
            to--;
        }
        String value = scan.text.substring(start, to);
        boolean secret = switch (says) {
            case SECRET, PASSWORD -> DrawnValues.looksDrawn(value, assigned ? MIN_VALUE : 12, true);
            case MAYBE -> DrawnValues.looksDrawn(value, 14, true);
            case PROVIDER -> DrawnValues.looksDrawn(value, 14, false);
            case HARMLESS, NOTHING, FILLER -> false;
        };
        if (secret) {
            scan.hit(
                    start,
                    to,
                    says == Says.PASSWORD ? Kind.PASSWORD : Kind.SECRET,
                    "secret-in-context",
                    CONTEXT_WEIGHT);
        }
        return secret;
    }
}
