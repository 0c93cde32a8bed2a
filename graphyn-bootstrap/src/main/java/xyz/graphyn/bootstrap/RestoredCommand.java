package xyz.graphyn.bootstrap;

import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import xyz.graphyn.adapter.postgres.PostgresMigrations;
import xyz.graphyn.bootstrap.configuration.Mode;
import xyz.graphyn.bootstrap.configuration.ServerConfiguration;
import xyz.graphyn.bootstrap.configuration.SettingValues;
import xyz.graphyn.bootstrap.configuration.Settings;

@Command(
        name = "restored",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description =
                "Says that the database was brought back from a backup, so that no server takes what Redis holds of "
                        + "the time after it for the truth. To be run before the servers start again; it does no harm otherwise.")
final class RestoredCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RestoredCommand.class);

    private final Surroundings surroundings;

    RestoredCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        // What it needs is what a migration needs.
        SettingValues values = surroundings.settings(Mode.MIGRATE);
        try {
            new PostgresMigrations(
                            values.get(Settings.DATABASE_URL),
                            ServerConfiguration.owner(values),
                            values.get(Settings.DATABASE_USER))
                    .renewEpoch();
        } catch (PostgresMigrations.Refused refused) {
            throw new StartException(String.valueOf(refused.getMessage()));
        }
        LOG.info("The history has a new name");
        return ExitCode.OK;
    }
}
