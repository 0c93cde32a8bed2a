package xyz.graphyn.bootstrap;

import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import xyz.graphyn.adapter.postgres.Credentials;
import xyz.graphyn.adapter.postgres.PostgresMigrations;
import xyz.graphyn.bootstrap.configuration.Mode;
import xyz.graphyn.bootstrap.configuration.ServerConfiguration;
import xyz.graphyn.bootstrap.configuration.SettingValues;
import xyz.graphyn.bootstrap.configuration.Settings;

@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Brings the database to this version. Safe to run again, and on several machines at once.")
final class MigrateCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(MigrateCommand.class);

    private final Surroundings surroundings;

    MigrateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        SettingValues values = surroundings.settings(Mode.MIGRATE);
        migrate(
                values.get(Settings.DATABASE_URL),
                ServerConfiguration.owner(values),
                values.get(Settings.DATABASE_USER));
        return ExitCode.OK;
    }

    /**
     * Brings the schema to this version.
     *
     * @param app the role that the server works as
     * @throws StartException if that can't be done; the message says what to do
     */
    static void migrate(String url, Credentials owner, String app) throws StartException {
        try {
            int needed = new PostgresMigrations(url, owner, app).migrate();
            LOG.info(needed == 0 ? "The schema is up to date" : "The schema was migrated");
        } catch (PostgresMigrations.Refused refused) {
            throw new StartException(String.valueOf(refused.getMessage()));
        }
    }
}
