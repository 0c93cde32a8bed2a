package xyz.graphyn.bootstrap.dev;

/** The parts of {@code dev} can't be started. The message is for people, in one line, and says what to do. */
public final class DevelopmentException extends Exception {
    private static final long serialVersionUID = 1L;

    DevelopmentException(String message) {
        super(message);
    }

    DevelopmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
