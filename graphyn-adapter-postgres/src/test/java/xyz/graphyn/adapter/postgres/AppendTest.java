package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.application.event.EventQuery;
import xyz.graphyn.application.memory.NodeQuery;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.storage.Storage;
import xyz.graphyn.testkit.storage.StorageContract;

/** The appender beyond its contract: several servers, large batches, long spans. */
@Timeout(60)
class AppendTest implements StorageContract {
    private static TestDatabase database;

    @BeforeAll
    static void create() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    public Storage storage() {
        return database.ports();
    }

    private static List<String> stored(String column, AgentKey agent) {
        return database.read("SELECT " + column + " FROM event WHERE agent_id = '" + agent.agent() + "' ORDER BY seq");
    }

    @Test
    void numbersWithoutAGapOnSeveralServers() {
        AgentKey agent = newAgent();
        try (PostgresStorage second = database.open(10)) {
            Concurrently.run(50, writer -> {
                Storage server = writer % 2 == 0 ? storage() : database.ports(second);
                for (int i = 0; i < 4; i++) {
                    server.appender().recordEvents(batch(agent, Samples.event("same " + i), Samples.event(null)));
                }
                return writer;
            });
        }
        int events = 50 * 4 + 4;
        assertEquals(LongStream.rangeClosed(1, events).mapToObj(Long::toString).toList(), stored("seq", agent));
        assertEquals(
                List.of(Integer.toString(events)),
                database.read("SELECT event_seq FROM agent_head WHERE agent_id = '" + agent.agent() + "'"));
    }

    @Test
    void mixesManyWritersOnManyAgentsWithoutADeadlock() {
        List<AgentKey> agents = IntStream.range(0, 6).mapToObj(i -> newAgent()).toList();
        int ids = 60;
        try (PostgresStorage second = database.open(10)) {
            Concurrently.run(16, writer -> {
                Storage server = writer % 2 == 0 ? storage() : database.ports(second);
                Random random = new Random(writer);
                for (int i = 0; i < 15; i++) {
                    List<String> some = new ArrayList<>(
                            IntStream.range(0, ids).mapToObj(Integer::toString).toList());
                    Collections.shuffle(some, random);
                    server.appender()
                            .recordEvents(batch(
                                    agents.get(random.nextInt(agents.size())),
                                    some.subList(0, 20).stream()
                                            .map(Samples::event)
                                            .toArray(EventDraft[]::new)));
                }
                return writer;
            });
        }
        for (AgentKey agent : agents) {
            List<String> seqs = stored("seq", agent);
            assertEquals(
                    LongStream.rangeClosed(1, seqs.size())
                            .mapToObj(Long::toString)
                            .toList(),
                    seqs);
            assertEquals(seqs.size(), Set.copyOf(stored("external_id", agent)).size(), "no external id twice");
        }
    }

    @Test
    void takesAFullBatchOfLargePayloads() {
        AgentKey agent = newAgent();
        String filling = "é🦄\\\"quoted\\\" ".repeat(700);
        EventDraft[] drafts = IntStream.range(0, EventDraft.MAX_BATCH)
                .mapToObj(i -> new EventDraft(
                        "message", new Json("{ \"n\":" + i + ", \"t\":\"" + filling + "\"}"), null, "s", "e" + i))
                .toArray(EventDraft[]::new);
        List<RecordedEvent> recorded = record(agent, drafts);
        assertEquals(EventDraft.MAX_BATCH, recorded.getLast().seq());
        assertEquals(
                drafts[999].payload(),
                storage()
                        .events()
                        .find(agent, recorded.get(999).id())
                        .orElseThrow()
                        .payload());
    }

    @Test
    void keepsALargePayloadCharacterForCharacter() {
        AgentKey agent = newAgent();
        Json payload = new Json("{\n\t\"a\" : \"" + "𝒳 ".repeat(600_000) + "\" }");
        RecordedEvent recorded = record(agent, new EventDraft("message", payload, null, null, null))
                .getFirst();
        assertEquals(
                payload,
                storage().events().find(agent, recorded.id()).orElseThrow().payload());
    }

    @Test
    void keepsLabelsThatLookLikeTheSyntaxOfAnArray() {
        AgentKey agent = newAgent();
        List<String> labels = List.of("a,b", "{c}", "\"d\"", "e\\f", "NULL", " g ", Samples.NASTY_TEXT.strip());
        NodeDraft draft = new NodeDraft("fact", "text", labels, Json.EMPTY, null, null, null);
        storage().appender().addNodes(nodes(agent, draft, Samples.node("bare")));
        for (String label : labels) {
            NodeQuery query = new NodeQuery(null, label, null, null, null, null, 10, null);
            assertEquals(
                    labels,
                    storage().nodes().page(agent, query).items().getFirst().labels());
        }
    }

    /** A log of some thousands, whose times go back and forth. */
    @Test
    void findsATimeRangeAcrossSpansLikeAFullReading() {
        AgentKey agent = newAgent();
        Random random = new Random(7);
        List<EventDraft> drafts = new ArrayList<>();
        for (int i = 0; i < 3_500; i++) {
            Instant at = NOW.plusSeconds(i + (random.nextInt(20) == 0 ? random.nextInt(4_000) - 2_000 : 0));
            drafts.add(new EventDraft(i % 7 == 0 ? "rare" : "message", Json.EMPTY, at, "s" + i % 2, null));
        }
        for (int i = 0; i < drafts.size(); i += 700) {
            record(agent, drafts.subList(i, i + 700).toArray(EventDraft[]::new));
        }
        for (int round = 0; round < 40; round++) {
            Instant from = NOW.plusSeconds(random.nextInt(3_500));
            Instant to = from.plusSeconds(random.nextInt(1_500));
            boolean rare = random.nextBoolean();
            EventQuery.Order order = random.nextBoolean() ? EventQuery.Order.ASCENDING : EventQuery.Order.DESCENDING;
            List<Long> expected = new ArrayList<>();
            for (int i = 0; i < drafts.size(); i++) {
                Instant at = drafts.get(i).occurredAt();
                boolean inRange = at != null && !at.isBefore(from) && at.isBefore(to);
                if (inRange && (!rare || i % 7 == 0) && i >= 100) {
                    expected.add(i + 1L);
                }
            }
            assertEquals(
                    order == EventQuery.Order.ASCENDING ? expected : expected.reversed(),
                    allPages(agent, rare ? Set.of("rare") : Set.of(), from, to, order));
        }
    }

    @Test
    void keepsTheSpansOfWhatIsRecordedTogether() {
        List<AgentKey> agents = IntStream.range(0, 4).mapToObj(i -> newAgent()).toList();
        Concurrently.run(16, writer -> {
            Random random = new Random(writer);
            for (int i = 0; i < 3; i++) {
                EventDraft[] drafts = random.ints(333, -9_000, 9_000)
                        .mapToObj(
                                seconds -> new EventDraft("message", Json.EMPTY, NOW.plusSeconds(seconds), null, null))
                        .toArray(EventDraft[]::new);
                record(agents.get(writer % agents.size()), drafts);
            }
            return writer;
        });
        for (AgentKey agent : agents) {
            String of = " WHERE agent_id = '" + agent.agent() + "'";
            List<String> spans = database.read("SELECT concat_ws(' ', seq / 1000, min(occurred_at), max(occurred_at))"
                    + " FROM event" + of + " GROUP BY seq / 1000 ORDER BY seq / 1000");
            assertEquals(4, spans.size());
            assertEquals(
                    spans,
                    database.read(
                            "SELECT concat_ws(' ', span, earliest, latest) FROM event_span" + of + " ORDER BY span"));
        }
    }

    private List<Long> allPages(AgentKey agent, Set<String> types, Instant from, Instant to, EventQuery.Order order) {
        List<Long> seen = new ArrayList<>();
        Long position = null;
        boolean more = true;
        while (more) {
            var page = storage()
                    .events()
                    .page(agent, new EventQuery(types, null, from, to, 100, order, position, 150, null));
            page.items().stream().map(Event::seq).forEach(seen::add);
            more = page.more();
            position = more ? Long.valueOf(seen.getLast()) : position;
        }
        return seen;
    }

    @Test
    void countsEachChangeOfANodeOnce() {
        AgentKey agent = newAgent();
        add(agent, new NodeDraft("fact", "a", List.of(), Json.EMPTY, null, null, "n"));
        add(agent, new NodeDraft("fact", "again", List.of(), Json.EMPTY, null, null, "n"));
        storage().appender().addNodes(nodes(agent, Samples.node("b"), Samples.node("c")));
        assertEquals(
                List.of("3"),
                database.read("SELECT memory_version FROM agent_head WHERE agent_id = '" + agent.agent() + "'"));
        assertTrue(stored("seq", agent).isEmpty());
    }
}
