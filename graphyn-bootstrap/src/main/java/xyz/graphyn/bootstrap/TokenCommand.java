package xyz.graphyn.bootstrap;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import xyz.graphyn.bootstrap.configuration.Mode;
import xyz.graphyn.bootstrap.configuration.SettingValues;
import xyz.graphyn.bootstrap.configuration.Settings;
import xyz.graphyn.bootstrap.dev.DevelopmentIssuer;
import xyz.graphyn.domain.access.Role;

@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Prints a session token that `dev` takes, and nothing else. It need not be running.")
final class TokenCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--user",
            required = true,
            paramLabel = "ID",
            converter = SessionOptions.Identifier.class,
            description = "Who it is for.")
    private String user;

    @Option(
            names = "--org",
            paramLabel = "ID",
            converter = SessionOptions.Identifier.class,
            description = "The organization they act in. Without it they act for themselves.")
    private @Nullable String organization;

    @Option(
            names = "--role",
            defaultValue = "admin",
            paramLabel = "ROLE",
            description = "Their role in it: admin (default), member, viewer or auditor.")
    private Role role;

    @Option(
            names = "--ttl",
            defaultValue = "1h",
            paramLabel = "TIME",
            converter = SessionOptions.Life.class,
            description = "How long it is good: 90s, 30m, 1h (default), 7d.")
    private Duration life;

    @SuppressWarnings("NullAway.Init") // picocli sets the options before the command runs.
    TokenCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        SettingValues values = surroundings.settings(Mode.TOOL);
        DevelopmentIssuer issuer = DevelopmentIssuer.of(values.get(Settings.HOME), surroundings.clock());
        spec.commandLine().getOut().println(issuer.sign(user, organization, role, life));
        return ExitCode.OK;
    }
}
