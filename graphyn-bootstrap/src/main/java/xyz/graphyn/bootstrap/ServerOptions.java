package xyz.graphyn.bootstrap;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import xyz.graphyn.bootstrap.configuration.Secret;
import xyz.graphyn.bootstrap.configuration.SettingValues;
import xyz.graphyn.bootstrap.configuration.Settings;
import xyz.graphyn.bootstrap.dev.DevelopmentException;
import xyz.graphyn.bootstrap.dev.DevelopmentIssuer;
import xyz.graphyn.domain.access.Role;

/** Options of the commands that are clients of a server: which one, and as whom. */
final class ServerOptions {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Duration OWN_TOKEN = Duration.ofMinutes(5);
    private static final long LONGEST_TOKEN = 64 * 1024;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The server; by default the one on this machine that the settings name.")
    private @Nullable URI url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "Session token; better given as GRAPHYN_TOKEN, which other users of the machine can't see. "
                    + "For a server on loopback one of `dev` is minted when there is none.")
    private @Nullable String token;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the session token, which is read again whenever a fresh one is needed.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--user",
            defaultValue = "ada",
            paramLabel = "ID",
            converter = SessionOptions.Identifier.class,
            description = "Whose token is minted: ada.")
    private String user;

    @Option(
            names = "--org",
            defaultValue = "acme",
            paramLabel = "ID",
            converter = SessionOptions.Identifier.class,
            description = "The organization in it: acme.")
    private String organization;

    @Option(names = "--role", defaultValue = "admin", paramLabel = "ROLE", description = "The role in it: admin.")
    private Role role;

    @SuppressWarnings("NullAway.Init") // picocli sets the options before the command runs.
    ServerOptions() {}

    URI server(SettingValues values) {
        URI server = url == null ? URI.create("http://127.0.0.1:" + values.get(Settings.PORT)) : url;
        boolean fits = server.getHost() != null && Set.of("http", "https").contains(String.valueOf(server.getScheme()));
        if (!fits || server.getRawQuery() != null || server.getRawUserInfo() != null) {
            throw wrong("--url must be an http:// or https:// URL such as https://graphyn.example.com");
        }
        return server;
    }

    void warn(URI server, PrintWriter err) {
        if (server.getScheme().equals("http") && !LOOPBACK.contains(server.getHost())) {
            err.println("Warning: over http:// the token and the events can be read on the way.");
        }
    }

    /** Gives the token of the moment: a fresh one where there is a way to one. */
    Supplier<String> tokens(URI server, SettingValues values, InstantSource clock) throws DevelopmentException {
        if (token != null && tokenFile != null) {
            throw wrong("--token and --token-file exclude each other.");
        }
        if (tokenFile != null) {
            return new TokenFile(tokenFile);
        }
        Optional<String> given =
                Optional.ofNullable(token).or(() -> values.find(Settings.TOKEN).map(Secret::value));
        if (given.isPresent()) {
            return given::get;
        }
        if (!LOOPBACK.contains(server.getHost())) {
            throw wrong("A server elsewhere needs a token: set GRAPHYN_TOKEN.");
        }
        DevelopmentIssuer issuer = DevelopmentIssuer.of(values.get(Settings.HOME), clock);
        return () -> issuer.sign(user, organization, role, OWN_TOKEN);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** A file that something else writes: where it can't be read for a moment, what it said last holds. */
    private final class TokenFile implements Supplier<String> {
        private final Path file;
        private String last = "";

        TokenFile(Path file) {
            this.file = file;
        }

        @Override
        public String get() {
            try {
                if (Files.size(file) > LONGEST_TOKEN) {
                    throw wrong("--token-file: " + file + " is too large for a token.");
                }
                String now = Files.readString(file).strip();
                last = now.isEmpty() ? last : now;
            } catch (IOException unreadable) {
                if (last.isEmpty()) {
                    throw wrong("--token-file: " + file + " can't be read.");
                }
            }
            if (last.isEmpty()) {
                throw wrong("--token-file: " + file + " is empty.");
            }
            return last;
        }
    }
}
