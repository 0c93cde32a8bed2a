package xyz.graphyn.bootstrap.demo;

/** The demonstration came to an end before its time. The message is for whoever watches it. */
public final class DemoException extends Exception {
    private static final long serialVersionUID = 1L;

    DemoException(String message) {
        super(message);
    }
}
