package xyz.graphyn.adapter.redis;

import static java.util.stream.Collectors.joining;

import io.lettuce.core.RedisURI;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xyz.graphyn.adapter.redis.stream.LiveLimits;

/**
 * Where Redis is, how long to wait for it, and what may be taken of it. Prints without the user name and the password.
 *
 * <p>Whether Redis is one server or a cluster is not configured: the server says. Several hosts are nodes of one cluster, of
 * which any may be away at the start; if they are not of a cluster, Redis counts as away.
 *
 * @param url {@code redis://[[user]:password@]host[:port][,host[:port]...][/database]}, or {@code rediss://} for TLS with the
 *     certificate and the host name verified; up to {@value #MAX_HOSTS} hosts. A cluster has no database but 0
 * @param connectTimeout for a TCP connection and its handshake; positive
 * @param commandTimeout from sending a command to its answer; positive, at most 1 s, lest a probe of a silent Redis
 *     outlast what a dependency may take
 * @param live what live delivery may take
 */
public record RedisConfiguration(String url, Duration connectTimeout, Duration commandTimeout, LiveLimits live) {
    /** Any node tells of all others: a few are enough to find one that lives. */
    public static final int MAX_HOSTS = 32;

    private static final Set<String> SCHEMES = Set.of("redis", "rediss");
    private static final Duration LONGEST_COMMAND = Duration.ofSeconds(1);

    // Credentials end at the last @, because a password may hold a comma.
    private static final Pattern PARTS =
            Pattern.compile("(?<before>[^:/?#]*://(?:[^/?#]*@)?)(?<hosts>[^@/?#]*)(?<behind>.*)", Pattern.DOTALL);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException saying what is wrong, without the URL, which may hold a password
     */
    public RedisConfiguration {
        List<String> urls = perHost(url);
        if (urls.size() > MAX_HOSTS) {
            throw new IllegalArgumentException("names more than " + MAX_HOSTS + " hosts");
        }
        for (String each : urls) {
            check(each, urls.size() > 1);
        }
        if (!connectTimeout.isPositive() || !commandTimeout.isPositive()) {
            throw new IllegalArgumentException("timeouts must be positive");
        }
        if (commandTimeout.compareTo(LONGEST_COMMAND) > 0) {
            throw new IllegalArgumentException("a command may take at most " + LONGEST_COMMAND.toMillis() + " ms");
        }
    }

    private static void check(String url, boolean inCluster) {
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
        if (inCluster && !path.matches("/?|/0+")) {
            throw new IllegalArgumentException("names several hosts and a database: a cluster has none but 0");
        }
    }

    /** With the usual limits, and timeouts that suit a Redis in the same data centre: 2 s to connect, 500 ms for a command. */
    public static RedisConfiguration at(String url) {
        return new RedisConfiguration(url, Duration.ofSeconds(2), Duration.ofMillis(500), LiveLimits.USUAL);
    }

    /** The hosts and ports, which may be shown to anyone who operates the server. */
    public String address() {
        return toRedisUris().stream()
                .map(uri -> uri.getHost() + ":" + uri.getPort())
                .collect(joining(","));
    }

    List<RedisURI> toRedisUris() {
        return perHost(url).stream().map(this::toRedisUri).toList();
    }

    private RedisURI toRedisUri(String one) {
        RedisURI uri = RedisURI.create(one);
        uri.setTimeout(connectTimeout);
        uri.setClientName("graphyn");
        return uri;
    }

    @Override
    public String toString() {
        return "RedisConfiguration[" + address() + ", connectTimeout=" + connectTimeout + ", commandTimeout="
                + commandTimeout + ", live=" + live + "]";
    }

    /** The URL once for each host that it names, with the same credentials and database. */
    private static List<String> perHost(String url) {
        Matcher parts = PARTS.matcher(url);
        if (!parts.matches()) {
            return List.of(url);
        }
        return Arrays.stream(parts.group("hosts").split(",", -1))
                .map(host -> parts.group("before") + host + parts.group("behind"))
                .toList();
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
