package xyz.graphyn.bootstrap;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import xyz.graphyn.adapter.http.HttpConfiguration;
import xyz.graphyn.bootstrap.configuration.Mode;
import xyz.graphyn.bootstrap.configuration.SettingValues;
import xyz.graphyn.bootstrap.configuration.Settings;
import xyz.graphyn.bootstrap.demo.Demo;
import xyz.graphyn.domain.access.Role;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = {
            "Plays a conversation to a server of its own, asks five questions about it, and ends.",
            "Its data is in the folder demo of GRAPHYN_HOME; it listens on this machine alone, on any port that is free."
        })
final class DemoCommand implements Callable<Integer> {
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec before the command runs.
    DemoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        SettingValues values = surroundings.settings(Mode.DEV);
        try (Lifecycle life = Lifecycle.endedBySignals()) {
            DevelopmentServer server = DevelopmentServer.start(
                    life, surroundings, values, values.get(Settings.HOME).resolve("demo"), DemoCommand::apart);
            Demo.play(
                    server.uri(),
                    server.issuer().sign("nora", "bakery", Role.ADMIN, TOKEN_LIFE),
                    spec.commandLine().getOut());
        }
        return ExitCode.OK;
    }

    /** So that it runs beside a server that is running already. */
    private static HttpConfiguration apart(HttpConfiguration http) {
        return new HttpConfiguration(
                "127.0.0.1",
                0,
                null,
                http.version(),
                http.cursorKey(),
                http.allowedOrigins(),
                http.limits(),
                http.streams());
    }
}
