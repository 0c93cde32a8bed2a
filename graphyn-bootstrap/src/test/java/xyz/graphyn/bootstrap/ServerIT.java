package xyz.graphyn.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import xyz.graphyn.adapter.postgres.Credentials;
import xyz.graphyn.bootstrap.configuration.Mode;
import xyz.graphyn.bootstrap.configuration.ServerConfiguration;
import xyz.graphyn.bootstrap.configuration.ServerConfiguration.Database;
import xyz.graphyn.bootstrap.configuration.SettingSources;
import xyz.graphyn.bootstrap.configuration.SettingValues;
import xyz.graphyn.bootstrap.dev.DataFolder;
import xyz.graphyn.bootstrap.dev.DevelopmentEngines;
import xyz.graphyn.bootstrap.dev.DevelopmentIssuer;
import xyz.graphyn.endtoend.site.SharedEngine;

@Timeout(180)
class ServerIT {
    @TempDir
    private Path directory;

    @Test
    void refusesToServeAsTheRoleThatOwnsTheTables() throws Exception {
        SharedEngine.lendTo(directory.resolve("home"));
        SettingValues values =
                SettingValues.read(SettingSources.read(Map.of("GRAPHYN_PORT", "0"), directory), Mode.DEV);
        try (DataFolder home = DataFolder.open(directory.resolve("home"));
                DevelopmentEngines engines = DevelopmentEngines.start(home, 10)) {
            Database database = engines.database();
            String url = database.storage().jdbcUrl();
            Credentials owner = Objects.requireNonNull(database.owner());
            MigrateCommand.migrate(url, owner, database.storage().app().user());
            ServerConfiguration unfit = new ServerConfiguration(
                    ServerConfiguration.http(values, home.secret("cursors")),
                    DevelopmentIssuer.of(home.path(), InstantSource.system()).identity(),
                    new Database(ServerConfiguration.database(url, owner, 10), null),
                    engines.redis(),
                    ServerConfiguration.streams(values),
                    ServerConfiguration.recall(values),
                    ServerConfiguration.models(values));
            StartException refused = assertThrows(StartException.class, () -> Server.start(unfit));
            assertEquals(
                    "The server's role \"graphyn_owner\" must own nothing in the schema, and be no member of a role that "
                            + "does.",
                    refused.getMessage());
        }
    }
}
