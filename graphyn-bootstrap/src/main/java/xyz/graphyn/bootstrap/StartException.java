package xyz.graphyn.bootstrap;

/** A server can't start. The message is for people, in one line, and says what to do. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String message) {
        super(message);
    }
}
