package xyz.graphyn.adapter.detection;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import xyz.graphyn.domain.masking.Kind;

/** JSON Web Tokens (RFC 7519): signed, encrypted or neither. Their first part is a JSON object, which in base64url starts with {@code eyJ}. */
final class Jwts implements Rule {
    private static final int MIN_PART = 8;
    /** Of the first part, as much as tells what it is. */
    private static final int HEAD = 400;

    @Override
    public int needs() {
        return Scan.TOKEN | Scan.DOT;
    }

    @Override
    public void search(Scan scan) {
        String text = scan.text;
        int at = text.indexOf("ey");
        while (at >= 0) {
            int end = at + 2;
            if (!Scan.isAlphanumeric(scan.at(at - 1))) {
                end = token(scan, at);
            }
            at = text.indexOf("ey", Math.max(end, at + 2));
        }
    }

    private static int token(Scan scan, int start) {
        int dots = 0;
        int firstDot = -1;
        int end = start;
        while (isBase64Url(scan.at(end))
                || (scan.at(end) == '.' && dots < 4 && (dots > 0 || end - start >= MIN_PART))) {
            if (scan.at(end) == '.') {
                dots++;
                firstDot = firstDot < 0 ? end : firstDot;
            }
            end++;
        }
        scan.worked(end - start);
        if (firstDot > 0 && isJwt(scan.text, start, firstDot, end)) {
            int last = scan.at(end - 1) == '.' && dots == 1 ? end - 1 : end;
            scan.hit(start, last, Kind.JWT, "jwt", 90);
        }
        return end;
    }

    private static boolean isJwt(String text, int start, int firstDot, int end) {
        boolean payload = text.startsWith("ey", firstDot + 1) && end - firstDot > MIN_PART + 2;
        return isHeader(text.substring(start, Math.min(firstDot, start + HEAD)))
                || (payload && text.startsWith("eyJ", start) && firstDot - start >= 16);
    }

    private static boolean isHeader(String part) {
        try {
            byte[] json =
                    Base64.getUrlDecoder().decode(part.substring(0, part.length() - (part.length() % 4 == 1 ? 1 : 0)));
            String header = new String(json, StandardCharsets.ISO_8859_1);
            return header.contains("\"alg\"") || header.contains("\"typ\"") || header.contains("\"kid\"");
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    static boolean isBase64Url(char c) {
        return Scan.isAlphanumeric(c) || c == '-' || c == '_';
    }
}
