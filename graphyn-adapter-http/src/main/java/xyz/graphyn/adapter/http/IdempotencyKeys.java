package xyz.graphyn.adapter.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.endpoint.Answer;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.Received;
import xyz.graphyn.adapter.http.endpoint.Repetition;
import xyz.graphyn.adapter.http.endpoint.Request;
import xyz.graphyn.adapter.http.problem.Mistake;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.application.idempotency.IdempotencyKey;
import xyz.graphyn.application.idempotency.IdempotentRequests;
import xyz.graphyn.application.idempotency.IdempotentRequests.Outcome;
import xyz.graphyn.application.idempotency.StoredAnswer;

/** Requests under an {@code Idempotency-Key} are done once, and answered as often as they are sent. */
final class IdempotencyKeys {
    static final String HEADER = "Idempotency-Key";

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]{1," + IdempotencyKey.MAX_LENGTH + "}");

    private final IdempotentRequests requests;

    IdempotencyKeys(IdempotentRequests requests) {
        this.requests = requests;
    }

    /** The endpoint's answer; if it was sent this request before, that of what it made then, as it is now. */
    Answer answer(Endpoint endpoint, Request request, HttpServletRequest http, @Nullable Received body) {
        List<String> keys = Collections.list(http.getHeaders(HEADER));
        if (keys.isEmpty() || endpoint.method() != Endpoint.Method.POST) {
            return endpoint.handle(request, body);
        }
        Repetition repetition = endpoint.repetition().orElse(null);
        if (repetition == null) {
            throw mistake("unsupported", "is not taken here: what has an externalId can be sent again without a key");
        }
        if (keys.size() > 1 || !VISIBLE_ASCII.matcher(keys.getFirst()).matches()) {
            throw mistake(
                    "malformed", "must be one value of 1 to " + IdempotencyKey.MAX_LENGTH + " visible characters");
        }
        IdempotencyKey key = IdempotencyKey.of(request.caller(), keys.getFirst());
        Outcome<Answer> outcome =
                requests.run(key, fingerprint(http, body), () -> endpoint.handle(request, body), Answer::stored);
        return switch (outcome) {
            case Outcome.Done<Answer>(Answer answer) -> answer;
            case Outcome.DoneBefore<Answer>(StoredAnswer first) -> repetition.answer(request, first);
        };
    }

    private static RuntimeException mistake(String code, String message) {
        return Problem.validation(Mistake.inHeader(HEADER, code, message)).thrown();
    }

    /** Says whether two requests are the same: 64 characters, since a key is no place for a body. */
    private static String fingerprint(HttpServletRequest http, @Nullable Received body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String target = http.getMethod() + " " + http.getRequestURI() + "?" + http.getQueryString() + "\n";
            digest.update(target.getBytes(StandardCharsets.UTF_8));
            if (body != null && body.text() != null) {
                digest.update(body.text().toString().getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
