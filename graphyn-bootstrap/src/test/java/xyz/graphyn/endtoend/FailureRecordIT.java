package xyz.graphyn.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What goes wrong is told to admins, also by the next server. */
@Timeout(240)
class FailureRecordIT {
    @TempDir
    Path home;

    private static List<JsonNode> lost(RunningServer server) {
        return server.as("ada", "acme", "admin").all("/admin/failures?kind=channel-lost");
    }

    private static List<JsonNode> awaitLost(RunningServer server) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        List<JsonNode> lost = lost(server);
        while (lost.isEmpty()) {
            assertTrue(System.nanoTime() < end, "nothing was noted within a minute");
            lost = lost(server);
        }
        return lost;
    }

    @Test
    void remembersThatRedisWasLost() {
        JsonNode noted;
        try (RunningServer server = RunningServer.start(home)) {
            assertEquals(List.of(), lost(server));
            server.killRedis();
            noted = awaitLost(server).getFirst();
            assertTrue(noted.path("agentId").isNull(), "it concerns all");
            server.as("max", "acme", "member").get("/admin/failures").expect(403);
        }
        try (RunningServer server = RunningServer.start(home)) {
            assertTrue(lost(server).contains(noted), () -> lost(server) + " lacks " + noted);
        }
    }
}
