package xyz.graphyn.adapter.http.problem;

/**
 * The kinds of problem. A kind's code is part of the API's contract: programs branch on it, so it never changes its
 * meaning.
 */
public enum ProblemType {
    VALIDATION(400, "validation", "The request is not valid"),
    MALFORMED_JSON(400, "malformed-json", "The body is not JSON"),
    MALFORMED_REQUEST(400, "malformed-request", "The request is not well-formed HTTP"),
    INVALID_CURSOR(400, "invalid-cursor", "The cursor is not valid"),
    UNAUTHENTICATED(401, "unauthenticated", "Authentication is required"),
    NOT_ALLOWED(403, "not-allowed", "This is not allowed"),
    NOT_FOUND(404, "not-found", "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "not-acceptable", "No acceptable representation"),
    REQUEST_TIMEOUT(408, "request-timeout", "The request came too slowly"),
    CONFLICT(409, "conflict", "The request conflicts with another"),
    AHEAD(409, "ahead", "The agent has no such event yet"),
    CONTENT_TOO_LARGE(413, "content-too-large", "The body is too large"),
    URI_TOO_LONG(414, "uri-too-long", "The address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "The body is of the wrong type"),
    EXPECTATION_FAILED(417, "expectation-failed", "The expectation can't be met"),
    KEY_REUSED(422, "idempotency-key-reused", "The idempotency key was used for another request"),
    UPGRADE_REQUIRED(426, "upgrade-required", "Another protocol is needed"),
    TOO_MANY(429, "too-many", "This is too much at one time"),
    HEADERS_TOO_LARGE(431, "headers-too-large", "The headers are too large"),
    INTERNAL(500, "internal", "Something went wrong here"),
    UNAVAILABLE(503, "unavailable", "This is not available at the moment");

    private final int status;
    private final String code;
    private final String title;

    ProblemType(int status, String code, String title) {
        this.status = status;
        this.code = code;
        this.title = title;
    }

    public int status() {
        return status;
    }

    /** Kebab case, unique among the kinds. */
    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    /** What {@code type} says: a URI that names the kind. */
    public String uri() {
        return "https://graphyn.xyz/problems/" + code;
    }

    /** The kind for a status that the server itself chose, before any of our code had a say. */
    public static ProblemType ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> NOT_ALLOWED;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> REQUEST_TIMEOUT;
            case 409 -> CONFLICT;
            case 413 -> CONTENT_TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 417 -> EXPECTATION_FAILED;
            case 426, 505 -> UPGRADE_REQUIRED;
            case 429 -> TOO_MANY;
            case 431 -> HEADERS_TOO_LARGE;
            case 503 -> UNAVAILABLE;
            default -> status >= 400 && status < 500 ? MALFORMED_REQUEST : INTERNAL;
        };
    }
}
