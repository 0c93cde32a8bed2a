package xyz.graphyn.adapter.redis.connection;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Puts what went wrong with Redis into words that hold no secret: never the text of an exception. */
public final class RedisFailure {
    /** The upper-case word that begins every error answer of Redis: NOAUTH, WRONGPASS, LOADING, OOM. */
    private static final Pattern CODE = Pattern.compile("^([A-Z]{2,20})\\b");

    private RedisFailure() {}

    public static String describe(Throwable failure) {
        int depth = 0;
        for (Throwable t = failure; t != null && depth < 10; t = t.getCause(), depth++) {
            if (t instanceof RedisCommandTimeoutException || t instanceof TimeoutException) {
                return "no answer in time";
            }
            if (t instanceof RedisDialer.NotInCluster) {
                return "several servers, but not of a cluster";
            }
            if (t instanceof RedisCommandExecutionException) {
                Matcher code = CODE.matcher(String.valueOf(t.getMessage()));
                return code.find() ? "refused with " + code.group(1) : "refused";
            }
            if (t instanceof ConnectException) {
                return "connection refused";
            }
            if (t instanceof UnknownHostException) {
                return "unknown host";
            }
            if (t instanceof SSLException) {
                return "TLS handshake failed";
            }
        }
        return "not connected";
    }
}
