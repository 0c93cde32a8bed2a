package xyz.graphyn.bootstrap;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import xyz.graphyn.adapter.http.HttpConfiguration;
import xyz.graphyn.bootstrap.configuration.ServerConfiguration;
import xyz.graphyn.bootstrap.configuration.SettingValues;
import xyz.graphyn.bootstrap.configuration.Settings;
import xyz.graphyn.bootstrap.dev.DataFolder;
import xyz.graphyn.bootstrap.dev.DevelopmentEngines;
import xyz.graphyn.bootstrap.dev.DevelopmentIssuer;

/**
 * A server with a PostgreSQL and a Redis of its own.
 *
 * @param home where they keep their data
 */
record DevelopmentServer(URI uri, DevelopmentIssuer issuer, Path home) {
    /** @param served changes how the settings say that the API is served */
    static DevelopmentServer start(
            Lifecycle life,
            Surroundings surroundings,
            SettingValues values,
            Path folder,
            UnaryOperator<HttpConfiguration> served)
            throws Exception {
        DataFolder home = life.start(() -> DataFolder.open(folder));
        HttpConfiguration http = served.apply(ServerConfiguration.http(values, home.secret("cursors")));
        ListenAddress.requireFree(http);
        DevelopmentIssuer issuer = DevelopmentIssuer.of(home.path(), surroundings.clock());
        DevelopmentEngines engines =
                life.start(() -> DevelopmentEngines.start(home, values.get(Settings.DATABASE_POOL_SIZE)));
        ServerConfiguration configuration = new ServerConfiguration(
                http,
                issuer.identity(),
                engines.database(),
                engines.redis(),
                ServerConfiguration.streams(values),
                ServerConfiguration.recall(values),
                ServerConfiguration.models(values));
        Server server = life.start(() -> Server.start(configuration));
        return new DevelopmentServer(server.uri(), issuer, home.path());
    }
}
