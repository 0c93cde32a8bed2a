package xyz.graphyn.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xyz.graphyn.adapter.postgres.PostgresStorage;
import xyz.graphyn.application.failure.Failure;
import xyz.graphyn.application.failure.FailureLog;
import xyz.graphyn.bootstrap.configuration.Mode;
import xyz.graphyn.bootstrap.configuration.ServerConfiguration;
import xyz.graphyn.bootstrap.configuration.SettingSources;
import xyz.graphyn.bootstrap.configuration.SettingValues;
import xyz.graphyn.bootstrap.dev.DataFolder;
import xyz.graphyn.bootstrap.dev.DevelopmentEngines;
import xyz.graphyn.bootstrap.dev.DevelopmentIssuer;
import xyz.graphyn.domain.access.Role;

/** What a server noted is there for the admins of the next one. */
@Timeout(180)
class FailuresIT {
    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    private JsonNode get(Server server, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/admin/failures"))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        return new JsonMapper().readTree(response.body());
    }

    @Test
    void outliveTheServerThatNotedThem() throws Exception {
        SettingValues values =
                SettingValues.read(SettingSources.read(Map.of("GRAPHYN_PORT", "0"), directory), Mode.DEV);
        try (DataFolder home = DataFolder.open(directory.resolve("home"));
                DevelopmentEngines engines = DevelopmentEngines.start(home, 10)) {
            DevelopmentIssuer issuer = DevelopmentIssuer.of(home.path(), InstantSource.system());
            String ada = issuer.sign("ada", "acme", Role.ADMIN, Duration.ofMinutes(5));
            ServerConfiguration configuration = new ServerConfiguration(
                    ServerConfiguration.http(values, home.secret("cursors")),
                    issuer.identity(),
                    engines.database(),
                    engines.redis());
            try (Server first = Server.start(configuration)) {
                assertEquals(0, get(first, ada).path("items").size());
                note(engines);
            }
            try (Server next = Server.start(configuration)) {
                JsonNode item = get(next, ada).path("items").path(0);
                assertEquals("channel-lost", item.path("kind").asString(), item::toString);
                assertEquals(3, item.path("count").asInt());
                assertEquals("0a1b2c3d", item.path("server").asString());
                String max = issuer.sign("max", "acme", Role.MEMBER, Duration.ofMinutes(5));
                assertEquals("not-allowed", get(next, max).path("code").asString());
            }
        }
    }

    /** As a server beside this one that loses Redis, and stops. */
    private static void note(DevelopmentEngines engines) {
        TimeOrderedIds ids = new TimeOrderedIds(InstantSource.system());
        try (PostgresStorage storage = new PostgresStorage(engines.database().storage(), ids, run -> {});
                FailureLog log = FailureLog.start(
                        storage.failures(),
                        "0a1b2c3d",
                        ids,
                        InstantSource.fixed(InstantSource.system().instant()))) {
            for (int i = 0; i < 3; i++) {
                log.record(new Failure(Failure.Kind.CHANNEL_LOST, null, null, null, null, "Redis is away."));
            }
        }
    }
}
