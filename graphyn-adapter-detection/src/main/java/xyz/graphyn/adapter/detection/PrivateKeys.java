package xyz.graphyn.adapter.detection;

import xyz.graphyn.domain.masking.Kind;

/** Private keys between the lines that PEM (RFC 7468), OpenSSH and OpenPGP put around them; without an end, as far as they go. */
final class PrivateKeys implements Rule {
    private static final String BEGIN = "-----BEGIN";
    private static final String END = "-----END";
    private static final int MAX_LABEL = 60;
    /** Eight times an RSA key of 16,384 bits. */
    private static final int MAX_KEY = 100_000;

    @Override
    public int needs() {
        return Scan.DASH;
    }

    @Override
    public void search(Scan scan) {
        String text = scan.text;
        int at = text.indexOf(BEGIN);
        while (at >= 0) {
            int label = at + BEGIN.length();
            int close = text.indexOf("--", label);
            int next = label;
            if (close > 0
                    && close - label < MAX_LABEL
                    && text.substring(label, close).contains("PRIVATE")) {
                int dashes = close;
                while (scan.at(dashes) == '-') {
                    dashes++;
                }
                int end = end(scan, dashes);
                if (end - dashes > 0) {
                    scan.hit(at, end, Kind.PRIVATE_KEY, "private-key", 95);
                }
                next = end;
            }
            at = text.indexOf(BEGIN, next);
        }
    }

    private static int end(Scan scan, int from) {
        String text = scan.text;
        // Both are looked for as far as a key may reach, so that many beginnings don't each search the whole text.
        int reach = Math.min(text.length(), from + MAX_KEY);
        int next = text.indexOf(BEGIN, from, reach);
        int end = next < 0 ? text.indexOf(END, from, reach) : text.indexOf(END, from, next);
        scan.worked((next < 0 ? reach : next) - from);
        if (end >= 0) {
            int close = text.indexOf("--", end + END.length());
            int at = close > 0 && close - end < MAX_LABEL + END.length() ? close : end + END.length();
            while (scan.at(at) == '-') {
                at++;
            }
            scan.worked(at - from);
            return at;
        }
        int at = from;
        int last = from;
        while (at < text.length() && isBody(text.charAt(at)) && (next < 0 || at < next)) {
            if (!Scan.isSpace(text.charAt(at))) {
                last = at + 1;
            }
            at++;
        }
        scan.worked(at - from);
        return last;
    }

    /** Base64, the headers of old formats, and what is around lines in the source of a program. */
    private static boolean isBody(char c) {
        return Scan.isAlphanumeric(c) || Scan.isSpace(c) || "+/=\\\"',:-".indexOf(c) >= 0;
    }
}
