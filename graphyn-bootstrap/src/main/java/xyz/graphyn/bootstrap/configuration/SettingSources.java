package xyz.graphyn.bootstrap.configuration;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Where the texts of the settings come from: the environment first, then the {@code .env} file. A variable that is set
 * to nothing counts as not set, because that is how container tools pass on what they were not given. What Kubernetes puts
 * into a container for a Service called {@code graphyn} or {@code graphyn-…} is passed over.
 */
public final class SettingSources {
    private static final String PREFIX = "GRAPHYN_";
    private static final String FILE = ".env";

    // https://kubernetes.io/docs/tutorials/services/connect-applications-service/#environment-variables
    private static final Pattern OF_A_SERVICE = Pattern.compile(
            "GRAPHYN_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");
    private static final Pattern PORT_OF_A_SERVICE = Pattern.compile("GRAPHYN_(.+_)?PORT");
    private static final Pattern ADDRESS_OF_A_SERVICE = Pattern.compile("(tcp|udp|sctp)://.*", Pattern.DOTALL);

    private final Map<String, String> environment;
    private final Map<String, String> file;
    private final List<Mistake> mistakes;

    private SettingSources(Map<String, String> environment, Map<String, String> file, List<Mistake> mistakes) {
        this.environment = environment;
        this.file = file;
        this.mistakes = List.copyOf(mistakes);
    }

    /**
     * Reads both.
     *
     * @param environment the variables of the process
     * @param directory where a {@code .env} file may be; the working directory of the process
     */
    public static SettingSources read(Map<String, String> environment, Path directory) {
        List<Mistake> mistakes = new ArrayList<>();
        Map<String, String> file = new TreeMap<>();
        if (Files.exists(directory.resolve(FILE))) {
            try {
                Dotenv dotenv = Dotenv.configure()
                        .directory(directory.toString())
                        .filename(FILE)
                        .load();
                for (DotenvEntry entry : dotenv.entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)) {
                    keep(file, entry.getKey(), entry.getValue());
                }
            } catch (DotenvException e) {
                // Its message repeats the line, which may hold a secret.
                mistakes.add(new Mistake(
                        directory.resolve(FILE).toString(),
                        "can't be read, or has a line that is not NAME=value.",
                        "For example: GRAPHYN_PORT=8080"));
            }
        }
        Map<String, String> own = new TreeMap<>();
        environment.forEach((name, text) -> {
            if (!isOfAService(name, text)) {
                keep(own, name, text);
            }
        });
        return new SettingSources(own, file, mistakes);
    }

    private static boolean isOfAService(String name, String text) {
        return OF_A_SERVICE.matcher(name).matches()
                || (PORT_OF_A_SERVICE.matcher(name).matches()
                        && ADDRESS_OF_A_SERVICE.matcher(text).matches());
    }

    private static void keep(Map<String, String> into, String name, String text) {
        if (name.startsWith(PREFIX) && !text.isBlank()) {
            into.put(name, text.strip());
        }
    }

    /** A text and where it stood. */
    record Found(String text, Origin origin) {}

    Optional<Found> find(String name) {
        if (environment.containsKey(name)) {
            return Optional.of(new Found(environment.get(name), Origin.ENVIRONMENT));
        }
        return Optional.ofNullable(file.get(name)).map(text -> new Found(text, Origin.FILE));
    }

    /** Whether it is set, rightly or not, rather than left to its default. */
    public boolean isSet(Setting<?> setting) {
        return find(setting.name()).isPresent();
    }

    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(file.keySet());
        names.addAll(environment.keySet());
        return names;
    }

    List<Mistake> mistakes() {
        return mistakes;
    }

    /** Where a value comes from. */
    public enum Origin {
        ENVIRONMENT("environment"),
        FILE(".env"),
        DEFAULT("default"),
        UNSET("not set");

        private final String words;

        Origin(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
