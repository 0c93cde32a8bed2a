package xyz.graphyn.application.access;

import java.time.Duration;

/**
 * A request that was understood and is refused. It is an answer, not a fault: it carries no stack trace, is not
 * reported as an error, and changes nothing. Each kind has one code, which is part of the API's contract.
 */
public abstract sealed class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Refusal(String message) {
        super(message, null, false, false);
    }

    /** The token is missing or not good. */
    public static final class NotAuthenticated extends Refusal {
        private static final long serialVersionUID = 1L;

        private final Reason reason;

        public NotAuthenticated(Reason reason) {
            super(
                    switch (reason) {
                        case MISSING -> "A bearer token is required.";
                        case INVALID -> "The bearer token is not valid.";
                        case EXPIRED -> "The bearer token has expired.";
                    });
            this.reason = reason;
        }

        public Reason reason() {
            return reason;
        }

        /** As much as the caller is told. Which check of an invalid token failed is for the log only. */
        public enum Reason {
            MISSING,
            INVALID,
            EXPIRED
        }
    }

    /** The caller may see the thing, but not do this to it. */
    public static final class NotAllowed extends Refusal {
        private static final long serialVersionUID = 1L;

        public NotAllowed(String message) {
            super(message);
        }
    }

    /** The thing does not exist, or the caller may not know that it does: the two are told apart nowhere. */
    public static final class NotFound extends Refusal {
        private static final long serialVersionUID = 1L;

        public NotFound(String what) {
            super("There is no such " + what + ".");
        }
    }

    /** Something that can be done again later, as it is. */
    public static final class Unavailable extends Refusal {
        private static final long serialVersionUID = 1L;

        private final transient Duration retryAfter;

        public Unavailable(String message, Duration retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The request contradicts what is there, for example another one that is still in flight. */
    public static final class Conflict extends Refusal {
        private static final long serialVersionUID = 1L;

        public Conflict(String message) {
            super(message);
        }
    }

    /** An idempotency key that was used before, for another request (draft-ietf-httpapi-idempotency-key-header). */
    public static final class KeyReused extends Refusal {
        private static final long serialVersionUID = 1L;

        public KeyReused() {
            super("This idempotency key was used before, with another request.");
        }
    }

    /** More at one time, or in a while, than this caller may. */
    public static final class TooMany extends Refusal {
        private static final long serialVersionUID = 1L;

        private final transient Duration retryAfter;

        public TooMany(String message, Duration retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** Asked to go on behind an event that the agent does not have yet: the client speaks of another history. */
    public static final class Ahead extends Refusal {
        private static final long serialVersionUID = 1L;

        public Ahead(long head) {
            this("The agent's last event has the seq " + head + ".");
        }

        private Ahead(String message) {
            super(message);
        }

        /** What the client knows was true before the storage was restored, or failed over, and may not be now. */
        public static Ahead ofAnotherHistory() {
            return new Ahead("The storage was restored or failed over: what you know may be of another history.");
        }
    }
}
