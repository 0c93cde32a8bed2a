package xyz.graphyn.bootstrap.configuration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import xyz.graphyn.bootstrap.configuration.SettingSources.Found;
import xyz.graphyn.bootstrap.configuration.SettingSources.Origin;

/** The values of all settings, each right in itself and all of them together. */
public final class SettingValues {
    private final Map<Setting<?>, Object> values;
    private final Mode mode;

    private SettingValues(Map<Setting<?>, Object> values, Mode mode) {
        this.values = values;
        this.mode = mode;
    }

    /**
     * Reads every setting.
     *
     * @throws ConfigurationException with every mistake there is: a value that doesn't fit, one that is missing for this
     *     mode, settings that contradict each other, and variables that begin with GRAPHYN_ and mean nothing
     */
    public static SettingValues read(SettingSources sources, Mode mode) throws ConfigurationException {
        List<Mistake> mistakes = new ArrayList<>(sources.mistakes());
        Map<Setting<?>, Object> values = new HashMap<>();
        for (Setting<?> setting : Settings.ALL) {
            Optional<Found> found = sources.find(setting.name());
            Optional<String> text = found.map(Found::text).or(setting::defaultText);
            if (text.isPresent()) {
                try {
                    values.put(setting, setting.parse(text.get()));
                } catch (Kind.Unfit e) {
                    mistakes.add(mistake(setting, String.valueOf(e.getMessage())));
                }
            } else if (setting.requiredFor().contains(mode)) {
                mistakes.add(mistake(setting, "is needed and not set."));
            }
        }
        for (String name : sources.names()) {
            if (Settings.ALL.stream().noneMatch(setting -> setting.name().equals(name))) {
                mistakes.add(new Mistake(name, "is no setting.", "Did you mean " + nearest(name) + "?"));
            }
        }
        SettingValues read = new SettingValues(values, mode);
        mistakes.addAll(Contradictions.in(read, sources));
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(mistakes);
        }
        return read;
    }

    /** What the values are for. */
    public Mode mode() {
        return mode;
    }

    /** The value, for a setting that has a default or is needed in this mode. */
    public <T> T get(Setting<T> setting) {
        return find(setting).orElseThrow(() -> new NoSuchElementException(setting.name() + " is not set"));
    }

    public <T> Optional<T> find(Setting<T> setting) {
        // What was put in under a setting was parsed by it.
        @SuppressWarnings("unchecked")
        T value = (T) values.get(setting);
        return Optional.ofNullable(value);
    }

    /** One line of the effective configuration; {@code value} is fit to be shown. */
    public record Shown(Setting<?> setting, String value, Origin origin) {}

    /** The effective configuration as far as it may be shown, in the order of the table; mistakes don't stop it. */
    public static List<Shown> show(SettingSources sources) {
        List<Shown> lines = new ArrayList<>();
        for (Setting<?> setting : Settings.ALL) {
            Optional<Found> found = sources.find(setting.name());
            Optional<String> text = found.map(Found::text).or(setting::defaultText);
            Origin origin =
                    found.map(Found::origin).orElse(setting.defaultText().isPresent() ? Origin.DEFAULT : Origin.UNSET);
            String value = "";
            try {
                value = text.isPresent() ? setting.show(text.get()) : "";
            } catch (Kind.Unfit e) {
                value = "(mistake)";
            }
            lines.add(new Shown(setting, value, origin));
        }
        return lines;
    }

    static Mistake mistake(Setting<?> setting, String what) {
        return new Mistake(setting.name(), what, "For example: " + setting.name() + "=" + setting.example());
    }

    private static String nearest(String name) {
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (Setting<?> setting : Settings.ALL) {
            int distance = distance(name, setting.name());
            if (distance < least) {
                least = distance;
                nearest = setting.name();
            }
        }
        return nearest;
    }

    /** How many letters have to be put in, left out or changed to make one of the other (Levenshtein). */
    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(changed, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
