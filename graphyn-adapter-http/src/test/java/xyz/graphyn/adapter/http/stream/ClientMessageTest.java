package xyz.graphyn.adapter.http.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xyz.graphyn.adapter.http.problem.Mistake;
import xyz.graphyn.adapter.http.problem.ProblemException;
import xyz.graphyn.domain.agent.AgentId;

class ClientMessageTest {
    private static final String A = "0197a1d2-4e5f-7a6b-8c7d-9e0f1a2b3c4d";
    private static final AgentId AGENT = new AgentId(UUID.fromString(A));

    @Test
    void readsWhatTheReferenceShows() {
        assertEquals(
                new ClientMessage.Subscribe("…", Map.of(AGENT, 41L), Set.of("message")),
                ClientMessage.parse(ProtocolText.SUBSCRIBE));
        assertEquals(new ClientMessage.Unsubscribe(Set.of(AGENT)), ClientMessage.parse(ProtocolText.UNSUBSCRIBE));
        assertEquals(new ClientMessage.Refresh("…"), ClientMessage.parse(ProtocolText.REFRESH));
    }

    @Test
    void keepsTokensOutOfLogs() {
        assertFalse(new ClientMessage.Refresh("s3cret").toString().contains("s3cret"));
        assertFalse(new ClientMessage.Subscribe("s3cret", Map.of(), Set.of())
                .toString()
                .contains("s3cret"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"agents":[]}                                                             | /type
            {"type":"subscribe","agents":[{"agentId":"A","after":-1}]}                | /agents/0/after
            {"type":"subscribe","agents":[{"agentId":"A","after":9007199254740992}]}  | /agents/0/after
            {"type":"subscribe","agents":[{"agentId":"A","after":1.5}]}               | /agents/0/after
            {"type":"subscribe","agents":[{"agentId":"A","after":"1"}]}               | /agents/0/after
            {"type":"subscribe","agents":[{"agentId":"A"},{"agentId":"A"}]}           | /agents/1/agentId
            {"type":"subscribe","agents":[{"after":1}]}                               | /agents/0/agentId
            {"type":"subscribe","agents":[{"agentId":"A"}],"types":[]}                | /types
            {"type":"subscribe","agents":[{"agentId":"A"}],"types":[" "]}             | /types/0
            {"type":"subscribe","agents":[{"agentId":"A"}],"types":"message"}         | /types
            {"type":"unsubscribe","agents":[{"agentId":"A","after":1}]}               | /agents/0/after
            {"type":"unsubscribe","agents":[{"agentId":"A"}],"token":"t"}             | /token
            {"type":"refresh","token":"t","types":["a"]}                              | /types
            {"type":"refresh","token":null}                                           | /token
            """)
    void namesThePlaceOfAMistake(String message, String place) {
        assertEquals(place, mistake(message.replace("\"A\"", "\"" + A + "\"")).name());
    }

    @Test
    void boundsAgentsAndTypes() {
        String agents = IntStream.rangeClosed(1, ClientMessage.MOST_AGENTS)
                .mapToObj(i -> "{\"agentId\":\"" + new UUID(0x7000, i) + "\"}")
                .collect(Collectors.joining(","));
        String most = "{\"type\":\"subscribe\",\"agents\":[" + agents + "]}";
        assertTrue(ClientMessage.parse(most) instanceof ClientMessage.Subscribe all
                && all.agents().size() == ClientMessage.MOST_AGENTS);
        assertEquals(
                "/agents",
                mistake(most.replace("]}", ",{\"agentId\":\"" + A + "\"}]}")).name());
        String types =
                IntStream.rangeClosed(1, 21).mapToObj(i -> "\"t" + i + "\"").collect(Collectors.joining(","));
        assertEquals(
                "/types",
                mistake("{\"type\":\"subscribe\",\"agents\":[{\"agentId\":\"" + A + "\"}],\"types\":[" + types + "]}")
                        .name());
    }

    @Test
    void cutsReasonsToWhatAFrameHolds() {
        assertEquals("a".repeat(123), WebSocketClient.cut("a".repeat(200)));
        assertEquals("🦄".repeat(30), WebSocketClient.cut("🦄".repeat(40)));
    }

    private static Mistake mistake(String message) {
        return assertThrows(ProblemException.class, () -> ClientMessage.parse(message))
                .problem()
                .mistakes()
                .getFirst();
    }
}
