package xyz.graphyn.adapter.http.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.application.stream.MaskedRun;
import xyz.graphyn.application.stream.SampleRuns;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;

class NotationTest {
    private static final AgentKey AGENT =
            new AgentKey(new OrganizationId(new UUID(0x7000, 1)), new AgentId(new UUID(0x7000, 2)));
    private static final JsonMapper JSON = new JsonMapper();

    private static MaskedRun run(int events, String payload) {
        return SampleRuns.plain(new EventRun(
                AGENT,
                IntStream.rangeClosed(1, events)
                        .mapToObj(seq -> new Event(
                                new EventId(new UUID(0x7000, seq)),
                                seq,
                                AGENT.agent(),
                                seq % 2 == 0 ? "even" : "odd",
                                null,
                                null,
                                new Json(payload),
                                Instant.EPOCH,
                                Instant.EPOCH,
                                Findings.UNSCANNED))
                        .toList()));
    }

    private static String text(Chunk chunk) {
        return new String(chunk.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void writesAMessageOnceForEachFilter() {
        MaskedRun run = run(3, "{}");
        Notation messages = MessageNotation.INSTANCE;
        assertSame(messages.events(run, Set.of()), messages.events(run, Set.of()));
        assertSame(messages.events(run, Set.of("odd")), messages.events(run, Set.of("odd")));
        assertNotSame(messages.events(run, Set.of()), messages.events(run, Set.of("odd")));
        assertNotSame(messages.events(run, Set.of()), BlockNotation.INSTANCE.events(run, Set.of()));
    }

    @Test
    void packsOneEventOrMany() {
        Notation.Written one = MessageNotation.INSTANCE.events(run(3, "{ \"a\" : 1.0 }"), Set.of("even"));
        assertEquals(2, one.last());
        String single = text(one.chunks().getFirst());
        assertEquals("event", JSON.readTree(single).path("type").asString());
        assertTrue(single.contains("\"payload\":{ \"a\" : 1.0 }"), single);
        Notation.Written many = MessageNotation.INSTANCE.events(run(3, "{}"), Set.of("odd"));
        assertEquals(3, many.last());
        assertEquals(
                2, JSON.readTree(text(many.chunks().getFirst())).path("events").size());
        Notation.Written none = MessageNotation.INSTANCE.events(run(3, "{}"), Set.of("none"));
        assertEquals(List.of(), none.chunks());
    }

    @Test
    void splitsALongRunBetweenEvents() {
        String payload = "{\"content\":\"" + "x".repeat(100_000) + "\"}";
        List<Chunk> chunks =
                MessageNotation.INSTANCE.events(run(7, payload), Set.of()).chunks();
        assertEquals(List.of(2, 2, 2, 1), chunks.stream().map(Chunk::events).toList());
        assertTrue(chunks.stream().allMatch(chunk -> chunk.length() <= MessageNotation.MOST_BYTES));
        assertEquals("event", JSON.readTree(text(chunks.getLast())).path("type").asString());
    }

    @Test
    void writesAnEventInOneLine() {
        String blocks = text(BlockNotation.INSTANCE
                .events(run(2, "{\r\n\"a\":\n1}"), Set.of())
                .chunks()
                .getFirst());
        String[] lines = blocks.split("\n", -1);
        assertEquals(List.of("id: 1", "id: 2"), List.of(lines[0], lines[3]));
        assertTrue(lines[1].startsWith("data: {") && lines[1].contains("{  \"a\": 1}"), lines[1]);
        assertEquals(7, lines.length, blocks);
    }
}
