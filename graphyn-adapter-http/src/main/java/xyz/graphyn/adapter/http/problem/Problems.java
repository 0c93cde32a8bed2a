package xyz.graphyn.adapter.http.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.validation.Invalid;

/** What becomes of what is thrown. */
public final class Problems {
    private Problems() {}

    /** @return empty for a fault of ours, which is to be reported, and told as {@link #FAULT} */
    public static Optional<Problem> of(Throwable thrown) {
        return switch (thrown) {
            case ProblemException exception -> Optional.of(exception.problem());
            case Refusal refusal -> Optional.of(of(refusal));
            case Invalid invalid -> Optional.of(of(invalid));
            default -> Optional.empty();
        };
    }

    /** All that anybody outside learns of a fault: the request's id leads to the rest, in the log. */
    public static final Problem FAULT =
            Problem.of(ProblemType.INTERNAL, "The request could not be handled. It was reported under its request id.");

    private static Problem of(Refusal refusal) {
        String detail = String.valueOf(refusal.getMessage());
        return switch (refusal) {
            case Refusal.NotAuthenticated unknown ->
                Problem.of(ProblemType.UNAUTHENTICATED, detail).with("WWW-Authenticate", challenge(unknown.reason()));
            case Refusal.NotAllowed notAllowed -> Problem.of(ProblemType.NOT_ALLOWED, detail);
            case Refusal.NotFound notFound -> Problem.of(ProblemType.NOT_FOUND, detail);
            case Refusal.Conflict conflict -> Problem.of(ProblemType.CONFLICT, detail);
            case Refusal.KeyReused reused -> Problem.of(ProblemType.KEY_REUSED, detail);
            case Refusal.Ahead ahead -> Problem.of(ProblemType.AHEAD, detail);
            case Refusal.TooMany tooMany -> retry(ProblemType.TOO_MANY, detail, tooMany.retryAfter());
            case Refusal.Unavailable unavailable -> retry(ProblemType.UNAVAILABLE, detail, unavailable.retryAfter());
        };
    }

    private static Problem retry(ProblemType type, String detail, Duration after) {
        return Problem.of(type, detail).with("Retry-After", Long.toString(Math.max(1, after.toSeconds())));
    }

    /** RFC 6750, section 3: an error code only where a token was sent. */
    private static String challenge(Refusal.NotAuthenticated.Reason reason) {
        return switch (reason) {
            case MISSING -> "Bearer realm=\"graphyn\"";
            case INVALID -> "Bearer realm=\"graphyn\", error=\"invalid_token\"";
            case EXPIRED ->
                "Bearer realm=\"graphyn\", error=\"invalid_token\", error_description=\"The token has expired\"";
        };
    }

    private static Problem of(Invalid invalid) {
        List<Mistake> mistakes = invalid.violations().stream()
                .map(violation -> Mistake.atPointer(violation.pointer(), violation.code(), violation.message()))
                .toList();
        return Problem.validation(mistakes);
    }
}
