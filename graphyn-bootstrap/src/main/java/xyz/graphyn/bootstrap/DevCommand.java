package xyz.graphyn.bootstrap;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import xyz.graphyn.bootstrap.configuration.Mode;
import xyz.graphyn.bootstrap.configuration.Setting;
import xyz.graphyn.bootstrap.configuration.SettingSources;
import xyz.graphyn.bootstrap.configuration.SettingValues;
import xyz.graphyn.bootstrap.configuration.Settings;

@Command(
        name = "dev",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Runs a server with a PostgreSQL and a Redis of its own, which keep their data in GRAPHYN_HOME.")
final class DevCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(DevCommand.class);

    private static final List<Setting<?>> NOT_USED = List.of(
            Settings.DATABASE_URL,
            Settings.DATABASE_USER,
            Settings.DATABASE_PASSWORD,
            Settings.DATABASE_OWNER_USER,
            Settings.DATABASE_OWNER_PASSWORD,
            Settings.DATABASE_MIGRATE,
            Settings.REDIS_URL,
            Settings.SECRET,
            Settings.TOKEN_ISSUER,
            Settings.TOKEN_FORMAT,
            Settings.TOKEN_JWKS_URL,
            Settings.TOKEN_PUBLIC_KEY,
            Settings.TOKEN_AUTHORIZED_PARTIES,
            Settings.TOKEN_AUDIENCE,
            Settings.TOKEN_ORGANIZATION_CLAIM,
            Settings.TOKEN_ROLE_CLAIM,
            Settings.TOKEN_ROLES);

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec before the command runs.
    DevCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        long started = System.nanoTime();
        SettingValues values = surroundings.settings(Mode.DEV);
        SettingSources sources = surroundings.sources();
        for (Setting<?> setting : NOT_USED) {
            if (sources.isSet(setting)) {
                LOG.warn("{} is set, but dev has its own and doesn't use it", setting.name());
            }
        }
        try (Lifecycle life = Lifecycle.endedBySignals()) {
            DevelopmentServer server = DevelopmentServer.start(
                    life, surroundings, values, values.get(Settings.HOME), UnaryOperator.identity());
            PrintWriter out = spec.commandLine().getOut();
            out.print(Welcome.text(
                    server.uri(), Duration.ofNanos(System.nanoTime() - started), server.issuer(), server.home()));
            out.flush();
            life.awaitEnd();
        }
        return ExitCode.OK;
    }
}
