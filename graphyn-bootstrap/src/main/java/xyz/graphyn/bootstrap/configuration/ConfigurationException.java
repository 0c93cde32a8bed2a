package xyz.graphyn.bootstrap.configuration;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is wrong. Holds every mistake that was found; its message lists them, one to a line. */
public final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Mistake> mistakes;

    public ConfigurationException(List<Mistake> mistakes) {
        super(mistakes.stream().map(mistake -> "  " + mistake).collect(Collectors.joining("\n")));
        this.mistakes = List.copyOf(mistakes);
    }

    public List<Mistake> mistakes() {
        return mistakes;
    }
}
