package xyz.graphyn.bootstrap.configuration;

/** A text that must not be seen: it prints as {@code (redacted)}, so that no log or message can tell it by accident. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "(redacted)";
    }
}
