package xyz.graphyn.adapter.redis;

import io.lettuce.core.RedisURI;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;

/**
 * Where Redis is and how long to wait for it. Prints without the user name and the password.
 *
 * @param url {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss://} for TLS with the
 *     certificate and the host name verified
 * @param connectTimeout for a TCP connection and its handshake; positive
 * @param commandTimeout from sending a command to its answer; positive, at most 1 s, lest a probe of a silent Redis
 *     outlast what a dependency may take
 */
public record RedisConfiguration(String url, Duration connectTimeout, Duration commandTimeout) {
    private static final Set<String> SCHEMES = Set.of("redis", "rediss");
    private static final Duration LONGEST_COMMAND = Duration.ofSeconds(1);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException saying what is wrong, without the URL, which may hold a password
     */
    public RedisConfiguration {
        URI uri = parse(url);
        if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme())) {
            throw new IllegalArgumentException("must begin with redis:// or rediss://");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("has no host");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("takes no ?query and no #fragment");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException("has a port outside 1 to 65535");
        }
        String path = uri.getPath() == null ? "" : uri.getPath();
        if (!path.matches("/?|/[0-9]{1,4}")) {
            throw new IllegalArgumentException("has a path that is not the number of a database");
        }
        if (!connectTimeout.isPositive() || !commandTimeout.isPositive()) {
            throw new IllegalArgumentException("timeouts must be positive");
        }
        if (commandTimeout.compareTo(LONGEST_COMMAND) > 0) {
            throw new IllegalArgumentException("a command may take at most " + LONGEST_COMMAND.toMillis() + " ms");
        }
    }

    /** With timeouts that suit a Redis in the same data centre: 2 s to connect, 500 ms for a command. */
    public static RedisConfiguration at(String url) {
        return new RedisConfiguration(url, Duration.ofSeconds(2), Duration.ofMillis(500));
    }

    /** The host and port, which may be shown to anyone who operates the server. */
    public String address() {
        RedisURI uri = toRedisUri();
        return uri.getHost() + ":" + uri.getPort();
    }

    RedisURI toRedisUri() {
        RedisURI uri = RedisURI.create(url);
        uri.setTimeout(connectTimeout);
        uri.setClientName("graphyn");
        return uri;
    }

    @Override
    public String toString() {
        return "RedisConfiguration[" + address() + ", connectTimeout=" + connectTimeout + ", commandTimeout="
                + commandTimeout + "]";
    }

    // The exception's own text would repeat the URL, and with it the password.
    private static URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not a URL at its character " + (e.getIndex() + 1));
        }
    }
}
