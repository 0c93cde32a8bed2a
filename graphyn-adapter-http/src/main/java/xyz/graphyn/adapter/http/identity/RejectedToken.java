package xyz.graphyn.adapter.http.identity;

import xyz.graphyn.application.access.Refusal.NotAuthenticated.Reason;

/** Carries the failed check from where it was made to the log. What the caller learns is the reason alone. */
final class RejectedToken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private RejectedToken(Reason reason, String failedCheck) {
        super(failedCheck, null, false, false);
        this.reason = reason;
    }

    /** @param failedCheck our own words; nothing of the token may be in it */
    static RejectedToken invalid(String failedCheck) {
        return new RejectedToken(Reason.INVALID, failedCheck);
    }

    static RejectedToken expired() {
        return new RejectedToken(Reason.EXPIRED, "expired");
    }

    Reason reason() {
        return reason;
    }

    String failedCheck() {
        return String.valueOf(getMessage());
    }
}
