package xyz.graphyn.adapter.http.stream;

/** Why a stream ends: as a WebSocket's close code, and as the code of an event stream's last block. */
enum CloseCode {
    /** Nothing of it can be put right by trying again. */
    BAD_MESSAGE(4400, "bad-message"),
    /** No token, a bad one, or one that has ended; a new one is needed. */
    UNAUTHENTICATED(4401, "token-expired"),
    /** There is nothing left that the client may see. */
    NOT_ALLOWED(4403, "not-found"),
    /** It does not read as fast as its events come; it may come back and go on where it stood. */
    TOO_SLOW(4409, "too-slow"),
    /** RFC 6455, section 7.4.1: text that is not UTF-8. */
    NOT_UTF_8(1007, "bad-message"),
    /** The server goes away, another one may be there already. */
    RESTART(1012, "restart"),
    /** It may come back after a while. */
    TRY_AGAIN_LATER(1013, "unavailable"),
    /** A fault of ours. */
    FAULT(1011, "internal");

    private final int code;
    private final String word;

    CloseCode(int code, String word) {
        this.code = code;
        this.word = word;
    }

    int code() {
        return code;
    }

    String word() {
        return word;
    }
}
