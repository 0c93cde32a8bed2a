package xyz.graphyn.adapter.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.identifier.IdGenerator;

/** The name of a request in its answer, the log and the audit trail: the client's, if it is fit for a log, or a new one. */
final class RequestIds {
    static final String HEADER = "X-Request-Id";

    private static final Pattern FIT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final IdGenerator ids;

    RequestIds(IdGenerator ids) {
        this.ids = ids;
    }

    String of(@Nullable String header) {
        return header != null && FIT.matcher(header).matches()
                ? header
                : ids.next().toString();
    }
}
