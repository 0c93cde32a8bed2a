package xyz.graphyn.adapter.http.identity;

import java.util.Collection;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.access.Refusal.NotAuthenticated.Reason;

/** The credentials of a request (RFC 6750, section 2.1): {@code Authorization: Bearer …}. */
public final class BearerToken {
    /** Browsers keep a session token under 4 KiB; twice that leaves room for a provider with many claims. */
    public static final int MAX_LENGTH = 8 * 1024;

    private static final String SCHEME = "Bearer";

    private BearerToken() {}

    /**
     * The token of a request, not yet verified. Nothing longer than {@link #MAX_LENGTH} is looked at.
     *
     * @param headers the values of all the request's {@code Authorization} fields
     * @throws Refusal.NotAuthenticated as missing, when there is no field or it is of another scheme; as invalid, when
     *     there is more than one, or what follows {@code Bearer} is not one token of the allowed characters and length
     */
    public static String in(Collection<String> headers) {
        if (headers.isEmpty()) {
            throw new Refusal.NotAuthenticated(Reason.MISSING);
        }
        if (headers.size() > 1) {
            // Which of the two counts would depend on who reads them: a proxy may have checked the other one.
            throw new Refusal.NotAuthenticated(Reason.INVALID);
        }
        String header = headers.iterator().next();
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                || (header.length() > SCHEME.length() && header.charAt(SCHEME.length()) != ' ')) {
            throw new Refusal.NotAuthenticated(Reason.MISSING);
        }
        int start = SCHEME.length();
        while (start < header.length() && header.charAt(start) == ' ') {
            start++;
        }
        int length = header.length() - start;
        if (length == 0 || length > MAX_LENGTH || !isB64Token(header, start)) {
            throw new Refusal.NotAuthenticated(Reason.INVALID);
        }
        return header.substring(start);
    }

    /** RFC 6750: {@code 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="}. */
    private static boolean isB64Token(String header, int start) {
        int end = header.length();
        while (end > start && header.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = start; i < end; i++) {
            char c = header.charAt(i);
            boolean allowed = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~+/".indexOf(c) >= 0;
            if (!allowed) {
                return false;
            }
        }
        return end > start;
    }
}
