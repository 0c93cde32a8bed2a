package xyz.graphyn.adapter.detection;

import xyz.graphyn.domain.masking.Kind;

/** IP addresses, versions 4 and 6 (RFC 4291, RFC 5952), with the length of a prefix if one follows, and MAC addresses. */
final class NetworkAddresses implements Rule {
    private static final int MAX_V6 = 45;
    private static final Words VERSIONS = Words.of("version", "ver", "release");

    @Override
    public int needs() {
        return 0;
    }

    @Override
    public void search(Scan scan) {
        if (scan.has(Scan.DIGIT | Scan.DOT)) {
            dotted(scan);
        }
        if (scan.has(Scan.COLON) || scan.has(Scan.DASH | Scan.DIGIT)) {
            joined(scan);
        }
    }

    private static void dotted(Scan scan) {
        String text = scan.text;
        int dot = text.indexOf('.');
        while (dot >= 0) {
            int next = dot + 1;
            if (Scan.isHex(scan.at(dot - 1)) && scan.at(dot + 5) == '.') {
                next = Math.max(next, tripled(scan, dot - 4));
            }
            if (Scan.isDigit(scan.at(dot - 1)) && Scan.isDigit(scan.at(dot + 1))) {
                int start = dot;
                while (start > 0 && dot - start < 4 && Scan.isDigit(text.charAt(start - 1))) {
                    start--;
                }
                int end = v4(scan, start);
                if (end > 0 && alone(scan, start, end)) {
                    scan.hit(start, prefix(scan, end, 32), Kind.IP_ADDRESS, "ipv4", 55);
                }
                next = Math.max(next, end);
            }
            dot = text.indexOf('.', next);
        }
    }

    /** {@code 0012.3456.789a}; where it ends, or -1. */
    private static int tripled(Scan scan, int start) {
        int digits = 0;
        for (int i = 0; i < 14; i++) {
            char c = scan.at(start + i);
            if (i % 5 == 4 ? c != '.' : !Scan.isHex(c)) {
                return -1;
            }
            digits += Scan.isDigit(c) ? 1 : 0;
        }
        int end = start + 14;
        boolean alone = !Scan.isAlphanumeric(scan.at(start - 1))
                && scan.at(start - 1) != '.'
                && !Scan.isAlphanumeric(scan.at(end))
                && scan.at(end) != '.';
        if (start < 0 || !alone || digits < 4) {
            return -1;
        }
        scan.hit(start, end, Kind.MAC_ADDRESS, "mac-address", 58);
        return end;
    }

    /** Where four numbers up to 255 end that start here, or -1. */
    private static int v4(Scan scan, int start) {
        int at = start;
        for (int part = 0; part < 4; part++) {
            int value = 0;
            int from = at;
            while (at - from < 4 && Scan.isDigit(scan.at(at))) {
                value = value * 10 + scan.at(at++) - '0';
            }
            scan.worked(at - from);
            boolean padded = at - from > 1 && scan.at(from) == '0';
            if (at == from || at - from > 3 || value > 255 || padded || (part < 3 && scan.at(at++) != '.')) {
                return -1;
            }
        }
        return at;
    }

    private static boolean alone(Scan scan, int start, int end) {
        char before = scan.at(start - 1);
        char after = scan.at(end);
        boolean goesOn = (after == '.' || after == '-') && Scan.isDigit(scan.at(end + 1));
        boolean version = (before == 'v' || before == 'V') || VERSIONS.in(Words.before(scan, start, 10));
        return !Scan.isAlphanumeric(before)
                && before != '.'
                && before != '_'
                && before != '-'
                && !Scan.isAlphanumeric(after)
                && after != '_'
                && !goesOn
                && !version;
    }

    private static int prefix(Scan scan, int end, int most) {
        if (scan.at(end) != '/') {
            return end;
        }
        int value = 0;
        int at = end + 1;
        while (at - end < 5 && Scan.isDigit(scan.at(at))) {
            value = value * 10 + scan.at(at++) - '0';
        }
        return at > end + 1 && value <= most && !Scan.isAlphanumeric(scan.at(at)) ? at : end;
    }

    private static void joined(Scan scan) {
        String text = scan.text;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != ':' && c != '-') {
                at++;
                continue;
            }
            int start = at;
            while (start > 0 && at - start < 5 && Scan.isHex(text.charAt(start - 1))) {
                start--;
            }
            scan.worked(at - start);
            int end = start;
            if (at - start < 5 && !Character.isLetterOrDigit(scan.at(start - 1))) {
                end = hardware(scan, start);
                if (end < 0 && c == ':') {
                    end = v6(scan, start);
                }
            }
            at = Math.max(at + 1, end);
        }
    }

    private static int hardware(Scan scan, int start) {
        char joint = scan.at(start + 2);
        if (scan.at(start - 1) == joint) {
            return -1;
        }
        boolean varied = false;
        for (int pair = 0; pair < 6; pair++) {
            int at = start + pair * 3;
            if (!Scan.isHex(scan.at(at)) || !Scan.isHex(scan.at(at + 1)) || (pair < 5 && scan.at(at + 2) != joint)) {
                return -1;
            }
            varied |= scan.at(at) != scan.at(start) || scan.at(at + 1) != scan.at(start);
        }
        int end = start + 17;
        char after = scan.at(end);
        if (!varied || Scan.isAlphanumeric(after) || (after == joint && Scan.isHex(scan.at(end + 1)))) {
            return -1;
        }
        scan.hit(start, end, Kind.MAC_ADDRESS, "mac-address", 60);
        return end;
    }

    private static int v6(Scan scan, int start) {
        int end = start;
        while (end - start <= MAX_V6 && (Scan.isHex(scan.at(end)) || scan.at(end) == ':' || scan.at(end) == '.')) {
            end++;
        }
        scan.worked(end - start);
        char before = scan.at(start - 1);
        while (end > start && (scan.at(end - 1) == '.' || (scan.at(end - 1) == ':' && scan.at(end - 2) != ':'))) {
            end--;
        }
        char after = scan.at(end);
        if (before == '[' && isIndexed(scan.at(start - 2))) {
            return -1;
        }
        if (end - start == 2 && isUnspecified(scan, start)) {
            scan.hit(start, prefix(scan, end, 128), Kind.IP_ADDRESS, "ipv6", 56);
            return end;
        }
        if (end - start < 3
                || before == ':'
                || before == '_'
                || Character.isLetterOrDigit(after)
                || after == '_'
                || after == ':') {
            return -1;
        }
        if (!isV6(scan.text.substring(start, end))) {
            return -1;
        }
        scan.hit(start, prefix(scan, end, 128), Kind.IP_ADDRESS, "ipv6", 56);
        return end;
    }

    /** {@code src=::} or {@code [::]:443}; elsewhere, two colons are a mark of many languages. */
    private static boolean isUnspecified(Scan scan, int start) {
        char before = scan.at(start - 1);
        char after = scan.at(start + 2);
        return scan.text.startsWith("::", start)
                && ((before == '=' && (Scan.isSpace(after) || after == '/')) || (before == '[' && after == ']'));
    }

    /** Whether a bracket behind this takes a slice, as in {@code list[::2]}; one before an address stands by itself. */
    private static boolean isIndexed(char before) {
        return Scan.isAlphanumeric(before) || before == '_' || before == ')' || before == ']' || Scan.isQuote(before);
    }

    /** Eight groups, or fewer around one gap; the last two may be an address of version 4. */
    static boolean isV6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        if ((text.startsWith(":") && gap != 0) || (text.endsWith(":") && gap != text.length() - 2)) {
            return false;
        }
        int groups = 0;
        boolean digit = false;
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (part.indexOf('.') >= 0) {
                if (i != parts.length - 1 || !isV4(part)) {
                    return false;
                }
                groups += 2;
                digit = true;
            } else if (!part.isEmpty()) {
                if (part.length() > 4) {
                    return false;
                }
                groups++;
                digit |= part.chars().anyMatch(c -> c <= '9');
            }
        }
        return gap >= 0 ? digit && groups <= 7 : groups == 8;
    }

    private static boolean isV4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (part.isEmpty()
                    || part.length() > 3
                    || !part.chars().allMatch(c -> c <= '9')
                    || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }
}
