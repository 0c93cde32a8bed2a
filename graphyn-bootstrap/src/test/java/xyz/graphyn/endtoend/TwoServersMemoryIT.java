package xyz.graphyn.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.endtoend.site.Site;

/** Two servers that share a memory: what one has taken in or changed, the other finds at once. */
class TwoServersMemoryIT {
    private static final int TURNS = 40;

    @TempDir
    Path folder;

    private static String message(int number) {
        return "{\"type\":\"message\",\"sessionId\":\"chat\",\"payload\":{\"role\":\"user\",\"content\":\"the parcel number "
                + number + " is on its way\"}}";
    }

    /** What the server finds, by id: all that there is, whatever comes first, as that changes when a meaning is known. */
    private static Map<String, String> found(Api server, String agent, String query, long minSeq) {
        Map<String, String> found = new HashMap<>();
        server.post(agent + "/search", "{\"query\":\"" + query + "\",\"limit\":200,\"minSeq\":" + minSeq + "}")
                .expect(200)
                .json()
                .get("items")
                .forEach(item -> found.put(
                        item.get("node").get("id").asString(),
                        item.get("node").get("content").asString()));
        return found;
    }

    private static String idOf(String content, Map<String, String> found) {
        List<String> ids = found.entrySet().stream()
                .filter(node -> node.getValue().equals(content))
                .map(Map.Entry::getKey)
                .toList();
        assertEquals(1, ids.size(), () -> content + " in " + found.values());
        return ids.getFirst();
    }

    @Test
    void writeAndReadInTurn() {
        try (Site site = new Site(folder, 1, 2)) {
            String token = site.token("ada");
            List<Api> servers = site.servers().stream()
                    .map(server -> new Api(server.url(), token))
                    .toList();
            String agent = servers.getFirst().newAgent("Shared");
            long seq = 0;
            for (int turn = 0; turn < TURNS; turn++) {
                Api writes = servers.get(turn % 2);
                Api reads = servers.get(1 - turn % 2);
                seq = writes.post(agent + "/events", message(turn))
                        .expect(201)
                        .json()
                        .get("seq")
                        .asLong();
                String id = idOf(
                        "the parcel number " + turn + " is on its way", found(reads, agent, "parcel " + turn, seq));
                if (turn % 10 == 9) {
                    String arrived = "the parcel " + turn + " has arrived in Utrecht";
                    reads.patch(agent + "/nodes/" + id, "{\"content\":\"" + arrived + "\"}")
                            .expect(200);
                    assertEquals(
                            arrived,
                            found(writes, agent, "Utrecht " + turn, seq).get(id));
                    writes.delete(agent + "/nodes/" + id).expect(204);
                    assertFalse(found(reads, agent, "Utrecht " + turn, seq).containsKey(id));
                }
            }
            for (Api server : servers) {
                JsonNode memory = server.get(agent + "/memory").expect(200).json();
                assertEquals(TURNS - TURNS / 10, memory.get("nodes").asInt());
                assertEquals(seq, memory.get("processedSeq").asLong());
            }
        }
    }
}
