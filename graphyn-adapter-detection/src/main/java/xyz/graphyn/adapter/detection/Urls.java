package xyz.graphyn.adapter.detection;

import java.util.Locale;
import java.util.Set;
import xyz.graphyn.domain.masking.Kind;

/** Passwords in URLs, {@code scheme://user:password@host}: of a database or a queue the whole is a connection string. */
final class Urls implements Rule {
    private static final int MAX_SCHEME = 30;
    private static final int MAX_USERINFO = 512;
    private static final int MAX_URL = 2_048;

    private static final Set<String> STORES = Set.of(
            "postgres",
            "postgresql",
            "mysql",
            "mariadb",
            "mongodb",
            "mongodb+srv",
            "redis",
            "rediss",
            "valkey",
            "amqp",
            "amqps",
            "mssql",
            "sqlserver",
            "oracle",
            "db2",
            "cockroachdb",
            "cassandra",
            "clickhouse",
            "snowflake",
            "neo4j",
            "bolt",
            "couchbase",
            "kafka",
            "nats",
            "mqtt",
            "mqtts",
            "stomp",
            "ldap",
            "ldaps",
            "memcached",
            "influxdb",
            "elasticsearch",
            "redshift",
            "vertica",
            "presto",
            "trino",
            "hive",
            "sqlite",
            "libsql",
            "smtp",
            "smtps",
            "imap",
            "imaps",
            "pop3",
            "sftp",
            "ftp",
            "ftps");

    @Override
    public int needs() {
        return Scan.AT | Scan.COLON | Scan.SLASH;
    }

    @Override
    public void search(Scan scan) {
        String text = scan.text;
        int at = text.indexOf("://");
        while (at >= 0) {
            int end = url(scan, at);
            at = text.indexOf("://", Math.max(end, at + 3));
        }
    }

    private static int url(Scan scan, int colon) {
        String text = scan.text;
        int start = colon;
        while (colon - start < MAX_SCHEME && isScheme(scan.at(start - 1))) {
            start--;
        }
        int from = colon + 3;
        int mark = -1;
        int password = -1;
        int at = from;
        while (at < text.length() && at - from < MAX_USERINFO && !endsAuthority(text.charAt(at))) {
            char c = text.charAt(at);
            if (c == '@') {
                mark = at;
            } else if (c == ':' && password < 0) {
                password = at + 1;
            }
            at++;
        }
        scan.worked(at - start);
        if (password < 0 || mark <= password || text.startsWith("//", password)) {
            return at;
        }
        String scheme = text.substring(start, colon).toLowerCase(Locale.ROOT);
        if (scheme.startsWith("jdbc:")) {
            scheme = scheme.substring(5);
        }
        if (!STORES.contains(scheme)) {
            scan.hit(from, mark, Kind.PASSWORD, "password-in-url", 72);
            return at;
        }
        int end = at;
        while (end < text.length() && end - from < MAX_URL && !endsUrl(text.charAt(end))) {
            end++;
        }
        scan.worked(end - at);
        scan.hit(start, end, Kind.CONNECTION_STRING, "connection-string", 80);
        return end;
    }

    private static boolean isScheme(char c) {
        return Scan.isAlphanumeric(c) || c == '+' || c == '-' || c == '.' || c == ':';
    }

    private static boolean endsAuthority(char c) {
        return c == '/' || c == '?' || endsUrl(c);
    }

    private static boolean endsUrl(char c) {
        return c <= ' ' || c == '"' || c == '\'' || c == '<' || c == '>' || c == '`' || c == '\\';
    }
}
