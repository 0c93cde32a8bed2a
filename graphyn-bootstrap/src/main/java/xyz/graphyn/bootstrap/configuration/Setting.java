package xyz.graphyn.bootstrap.configuration;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One environment variable: everything that is to be known about it.
 *
 * @param <T> the type of its value
 */
public final class Setting<T> {
    private final String name;
    private final Kind<T> kind;
    private final String description;
    private final String example;
    private final @Nullable String defaultText;
    private final Set<Mode> requiredFor;
    private final boolean secret;

    private Setting(
            String name,
            Kind<T> kind,
            String description,
            String example,
            @Nullable String defaultText,
            Set<Mode> requiredFor,
            boolean secret) {
        this.name = name;
        this.kind = kind;
        this.description = description;
        this.example = example;
        this.defaultText = defaultText;
        this.requiredFor = requiredFor;
        this.secret = secret;
    }

    static <T> Setting<T> of(String name, Kind<T> kind, String description, String example) {
        return new Setting<>(name, kind, description, example, null, EnumSet.noneOf(Mode.class), false);
    }

    Setting<T> byDefault(String text) {
        return new Setting<>(name, kind, description, example, text, requiredFor, secret);
    }

    Setting<T> requiredFor(Mode first, Mode... others) {
        return new Setting<>(name, kind, description, example, defaultText, EnumSet.of(first, others), secret);
    }

    Setting<T> keptSecret() {
        return new Setting<>(name, kind, description, example, defaultText, requiredFor, true);
    }

    /** The environment variable. */
    public String name() {
        return name;
    }

    public String description() {
        return description;
    }

    /** A value that is taken, or for a secret the command that makes one. */
    public String example() {
        return example;
    }

    /** The form and bounds of its values. */
    public String form() {
        return kind.form();
    }

    public Optional<String> defaultText() {
        return Optional.ofNullable(defaultText);
    }

    public Set<Mode> requiredFor() {
        return Set.copyOf(requiredFor);
    }

    /** Whether its value may never be printed. */
    public boolean secret() {
        return secret;
    }

    T parse(String text) throws Kind.Unfit {
        return kind.parser().parse(text);
    }

    /** The value of a text that has been parsed before, as it may be shown. */
    String show(String text) throws Kind.Unfit {
        return secret ? new Secret(text).toString() : kind.shown().apply(parse(text));
    }

    @Override
    public String toString() {
        return name;
    }
}
