package xyz.graphyn.bootstrap;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import xyz.graphyn.bootstrap.configuration.Mode;
import xyz.graphyn.bootstrap.configuration.ServerConfiguration;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Runs a server on the PostgreSQL and the Redis that the settings name.")
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    private final Surroundings surroundings;

    ServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        long started = System.nanoTime();
        ServerConfiguration configuration = ServerConfiguration.forServing(surroundings.settings(Mode.SERVE));
        ListenAddress.requireFree(configuration.http());
        try (Lifecycle life = Lifecycle.endedBySignals()) {
            Server server = life.start(() -> Server.start(configuration));
            LOG.info(
                    "Ready at {} after {} ms",
                    server.uri(),
                    Duration.ofNanos(System.nanoTime() - started).toMillis());
            life.awaitEnd();
        }
        return ExitCode.OK;
    }
}
