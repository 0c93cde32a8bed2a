package xyz.graphyn.adapter.http.origin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a page comes from (RFC 6454): {@code https://app.example.com}, with a port where it is not the scheme's own.
 *
 * @param scheme http or https
 * @param host in lower case; an address of IPv6 in brackets
 * @param port always there, also where it goes without saying
 */
public record Origin(String scheme, String host, int port) {
    public static final String FORM = "https://host or http://host, with a :port where it is not the usual one";

    private static final int LONGEST = 300;
    private static final Pattern SERIALIZED = Pattern.compile("https?://[^/?#@\\s]+");

    /** Empty if it is no origin, such as {@code null}, which browsers send for pages that belong to nobody. */
    public static Optional<Origin> parse(String text) {
        if (text.length() > LONGEST || !SERIALIZED.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return of(new URI(text));
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    /** The origin of what is at this address. */
    public static Optional<Origin> of(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http")) || uri.getPort() > 65_535) {
            return Optional.empty();
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : usualPort(scheme);
        return Optional.of(new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port));
    }

    /** Whether a request with this {@code Host} went to where the page came from. */
    boolean isHost(String hostHeader) {
        return parse(scheme + "://" + hostHeader).filter(this::equals).isPresent();
    }

    private static int usualPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    @Override
    public String toString() {
        return scheme + "://" + host + (port == usualPort(scheme) ? "" : ":" + port);
    }
}
