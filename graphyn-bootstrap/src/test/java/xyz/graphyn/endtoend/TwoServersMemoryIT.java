package xyz.graphyn.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
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

    private static JsonNode best(Api server, String agent, String query, long minSeq) {
        return server.post(agent + "/search", "{\"query\":\"" + query + "\",\"limit\":1,\"minSeq\":" + minSeq + "}")
                .expect(200)
                .json()
                .get("items")
                .get(0)
                .get("node");
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
                JsonNode found = best(reads, agent, "parcel " + turn, seq);
                assertEquals(
                        "the parcel number " + turn + " is on its way",
                        found.get("content").asString());
                String node = agent + "/nodes/" + found.get("id").asString();
                if (turn % 10 == 9) {
                    reads.patch(node, "{\"content\":\"the parcel " + turn + " has arrived in Utrecht\"}")
                            .expect(200);
                    assertEquals(
                            "the parcel " + turn + " has arrived in Utrecht",
                            best(writes, agent, "Utrecht " + turn, seq)
                                    .get("content")
                                    .asString());
                    writes.delete(node).expect(204);
                    assertTrue(!best(reads, agent, "Utrecht " + turn, seq)
                            .get("content")
                            .asString()
                            .contains("parcel " + turn + " has"));
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
