package xyz.graphyn.adapter.http;

import java.util.Enumeration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xyz.graphyn.application.access.Refusal.NotAuthenticated;
import xyz.graphyn.application.access.Refusal.NotAuthenticated.Reason;

/** Takes the token out of {@code Authorization: Bearer} (RFC 6750, section 2.1). */
final class BearerToken {
    private static final Pattern HEADER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]+=*)");

    private BearerToken() {}

    /**
     * @param headers every {@code Authorization} of the request; more than one is no way to say who one is
     * @throws NotAuthenticated if there is no token
     */
    static String of(Enumeration<String> headers) {
        if (!headers.hasMoreElements()) {
            throw new NotAuthenticated(Reason.MISSING);
        }
        Matcher header = HEADER.matcher(headers.nextElement().trim());
        if (headers.hasMoreElements() || !header.matches()) {
            throw new NotAuthenticated(Reason.INVALID);
        }
        return header.group(1);
    }
}
