package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xyz.graphyn.adapter.postgres.StalledAppend.Call;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.append.EventBatch;
import xyz.graphyn.application.append.NodeBatch;
import xyz.graphyn.application.append.NodeChange;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.SequentialIds;
import xyz.graphyn.testkit.storage.Storage;
import xyz.graphyn.testkit.storage.StorageContract;

/** How calls are gathered and committed together, and what each of them is told when that goes wrong. */
@Timeout(60)
class GroupCommitTest implements StorageContract {
    private static TestDatabase database;

    private TcpProxy proxy;
    private PostgresStorage server;
    private AgentKey agent;

    @BeforeAll
    static void create() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** With two connections there is one lane. */
    @BeforeEach
    void open() {
        proxy = database.proxy();
        PostgresConfiguration behind = database.configurationBehind(proxy, 2);
        server = new PostgresStorage(
                new PostgresConfiguration(
                        behind.jdbcUrl(), behind.app(), 2, Duration.ofSeconds(1), behind.statementTimeout()),
                new SequentialIds(),
                run -> {});
        agent = newAgent();
    }

    @AfterEach
    void closeServer() {
        server.close();
        proxy.close();
    }

    @Override
    public Storage storage() {
        return database.ports(server);
    }

    private StalledAppend stalled() {
        return stalled(() -> {});
    }

    private StalledAppend stalled(Runnable within) {
        return new StalledAppend(server.appender(), batch(newAgent(), Samples.event("first")), within);
    }

    private static List<String> stored(AgentKey agent) {
        return database.read(
                "SELECT coalesce(external_id, '') FROM event WHERE agent_id = '" + agent.agent() + "' ORDER BY seq");
    }

    private static List<String> transactions(AgentKey agent) {
        return database.read("SELECT DISTINCT xmin::text FROM event WHERE agent_id = '" + agent.agent() + "'");
    }

    private static EventDraft unreadable(String externalId) {
        return new EventDraft("message", new Json("{ not JSON"), null, null, externalId);
    }

    @Test
    void commitsTogetherWhatCameMeanwhileInTheOrderOfArrival() {
        List<Call<List<RecordedEvent>>> calls = new ArrayList<>();
        try (StalledAppend stalled = stalled()) {
            for (int i = 0; i < 40; i++) {
                EventBatch batch = batch(agent, Samples.event("e" + i), Samples.event("e" + i / 2));
                calls.add(stalled.send(() -> server.appender().recordEvents(batch)));
            }
            assertTrue(calls.stream().noneMatch(Call::isAnswered));
        }
        assertEquals(IntStream.range(0, 40).mapToObj(i -> "e" + i).toList(), stored(agent));
        assertEquals(1, transactions(agent).size());
        for (int i = 0; i < 40; i++) {
            List<RecordedEvent> answer = calls.get(i).answer();
            assertEquals(
                    List.of(i + 1L, i / 2 + 1L),
                    answer.stream().map(RecordedEvent::seq).toList());
        }
        assertEquals(40, auditedActions(agent.organization()).size());
    }

    @Test
    void commitsAgentsOfSeveralOrganizationsTogether() {
        List<AgentKey> agents = IntStream.range(0, 5).mapToObj(i -> newAgent()).toList();
        AgentKey unknown = new AgentKey(agent.organization(), new AgentId(IDS.next()));
        Call<?> refused;
        try (StalledAppend stalled = stalled()) {
            refused = stalled.send(() -> record(unknown, Samples.event("e")));
            agents.forEach(each -> stalled.send(() -> record(each, Samples.event("e"))));
        }
        refused.failure(Refusal.NotFound.class);
        assertEquals(
                1,
                agents.stream()
                        .flatMap(each -> transactions(each).stream())
                        .distinct()
                        .count());
        agents.forEach(each -> assertEquals(List.of(AuditAction.EVENTS_RECORDED), auditedActions(each.organization())));
    }

    @Test
    void doesNodesInTheOrderOfTheCalls() {
        NodeBatch first = named("first");
        NodeBatch second = named("second");
        Node node = first.nodes().getFirst();
        Call<?> changed;
        Call<Boolean> removed;
        try (StalledAppend stalled = stalled()) {
            stalled.send(() -> server.appender().addNodes(first));
            changed = stalled.send(() -> server.appender()
                    .changeNode(new NodeChange(
                            agent,
                            node.id(),
                            found -> found.changedTo(draft("changed"), 7, NOW.plusSeconds(1), Findings.UNSCANNED),
                            audit(agent, AuditAction.NODE_CHANGED, Map.of()))));
            removed = stalled.send(() ->
                    server.appender().removeNode(agent, node.id(), audit(agent, AuditAction.NODE_REMOVED, Map.of())));
            stalled.send(() -> server.appender().addNodes(second));
        }
        assertTrue(changed.answer().toString().contains("changed"));
        assertTrue(removed.answer());
        assertEquals(
                List.of("second"), database.read("SELECT content FROM node WHERE agent_id = '" + agent.agent() + "'"));
        assertEquals(
                List.of("4"),
                database.read("SELECT memory_version FROM agent_head WHERE agent_id = '" + agent.agent() + "'"));
        assertEquals(4, auditedActions(agent.organization()).size());
    }

    private NodeBatch named(String content) {
        return nodes(agent, draft(content));
    }

    private static NodeDraft draft(String content) {
        return new NodeDraft("fact", content, List.of("x"), Json.EMPTY, null, null, "same");
    }

    @Test
    void doesAGroupOneByOneWhenTheDatabaseRefusesOneOfThem() {
        AgentKey other = newAgent();
        EventBatch twice = batch(agent, Samples.event("twice"));
        List<Call<?>> good = new ArrayList<>();
        Call<?> unreadable;
        Call<?> sameId;
        try (StalledAppend stalled = stalled()) {
            good.add(stalled.send(() -> server.appender().recordEvents(twice)));
            unreadable = stalled.send(() -> record(agent, Samples.event("beside"), unreadable("bad")));
            good.add(stalled.send(() -> record(other, Samples.event("elsewhere"))));
            sameId = stalled.send(() -> server.appender()
                    .recordEvents(new EventBatch(
                            agent,
                            List.of(new EventBatch.NewEvent(
                                    twice.events().getFirst().id(), Samples.event("another"), Findings.UNSCANNED)),
                            NOW,
                            twice.audit())));
            good.add(stalled.send(() -> record(agent, Samples.event("last"))));
        }
        unreadable.failure(JdbiException.class);
        sameId.failure(JdbiException.class);
        good.forEach(Call::answer);
        assertEquals(List.of("twice", "last"), stored(agent));
        assertEquals(List.of("elsewhere"), stored(other));
        assertEquals(2, transactions(agent).size());
        assertEquals(2, auditedActions(agent.organization()).size());
    }

    @Test
    void refusesAllWhenTheConnectionIsLostBeforeTheCommit() {
        Call<?> waiting;
        try (StalledAppend stalled = stalled()) {
            waiting = stalled.send(() -> record(agent, Samples.event("e")));
            proxy.takeAway();
        }
        waiting.failure(Refusal.Unavailable.class);
        assertEquals(List.of(), stored(agent));
        proxy.bringBack();
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhenTheConnectionIsLostAtTheCommit() {
        Call<?> second;
        Call<?> third;
        AgentKey other = newAgent();
        try (StalledAppend stalled = stalled()) {
            EventBatch cutting = batch(agent, Samples.event("e"));
            second = stalled.send(() -> server.appender()
                    .recordEvents(new EventBatch(agent, cutting.events(), NOW, outcome -> {
                        proxy.takeAway();
                        return cutting.audit().apply(outcome);
                    })));
            third = stalled.send(() -> record(other, Samples.event("e")));
        }
        for (Call<?> call : List.of(second, third)) {
            IllegalStateException unknown = call.failure(IllegalStateException.class);
            assertTrue(unknown.toString().contains("not known"), unknown.toString());
        }
        assertEquals(List.of(), stored(agent), "this time it was not kept");
        proxy.bringBack();
    }

    @Test
    void refusesAtOnceWhatFindsItsLaneFull() {
        Json large = new Json("{\"a\":\"" + "a".repeat(1_900_000) + "\"}");
        EventDraft draft = new EventDraft("message", large, null, null, null);
        int many = 40;
        List<Call<List<RecordedEvent>>> calls = new ArrayList<>();
        try (StalledAppend stalled = stalled()) {
            for (int i = 0; i < many; i++) {
                calls.add(stalled.send(() -> record(agent, draft)));
            }
            Call<?> last = calls.getLast();
            assertTrue(last.isAnswered(), "it was not kept waiting");
            assertEquals(
                    Duration.ofSeconds(1),
                    last.failure(Refusal.Unavailable.class).retryAfter());
        }
        int taken = (64 << 20) / large.text().length();
        calls.subList(0, taken).forEach(Call::answer);
        calls.subList(taken, many).forEach(call -> call.failure(Refusal.Unavailable.class));
        assertEquals(taken, stored(agent).size());
        assertEquals(taken + 1, record(agent, draft).getFirst().seq(), "and there is room again");
    }

    @Test
    void doesNothingForWhoIsInterruptedBeforeTheirTurn() {
        Call<?> givenUp;
        Call<?> kept;
        try (StalledAppend stalled = stalled()) {
            givenUp = stalled.send(() -> record(agent, Samples.event("given up")));
            kept = stalled.send(() -> record(agent, Samples.event("kept")));
            givenUp.interrupt();
            givenUp.failure(Refusal.Unavailable.class);
        }
        kept.answer();
        assertEquals(List.of("kept"), stored(agent));
    }

    @Test
    void doesNotSayWhatBecameOfAnAppendWhoseCallerWasInterruptedInTheMiddle() {
        try (StalledAppend stalled = stalled()) {
            stalled.first().interrupt();
            IllegalStateException unknown = stalled.first().failure(IllegalStateException.class);
            assertTrue(unknown.toString().contains("not known"), unknown.toString());
        }
        assertEquals(1, record(agent, Samples.event("e")).getFirst().seq());
    }

    @Test
    void refusesWhoWaitsWhenItIsClosedAndFinishesWhatIsUnderWay() {
        try (StalledAppend stalled = stalled()) {
            Call<?> waiting = stalled.send(() -> record(agent, Samples.event("too late")));
            Thread closing = Thread.startVirtualThread(() -> server.close());
            waiting.failure(Refusal.Unavailable.class);
            assertFalse(stalled.first().isAnswered());
            stalled.goOn();
            assertEquals(1, stalled.first().answer().getFirst().seq());
            join(closing);
        }
        assertThrows(Refusal.Unavailable.class, () -> record(agent, Samples.event("after")));
        assertEquals(List.of(), stored(agent));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void keepsTheOthersOfAGroupFromWaitingForAnAgentThatIsHeldElsewhere() {
        AgentKey held = newAgent();
        try (StalledAppend elsewhere =
                new StalledAppend(database.storage().appender(), batch(held, Samples.event("elsewhere")), () -> {})) {
            Call<?> refused;
            List<Call<?>> others = new ArrayList<>();
            try (StalledAppend stalled = stalled()) {
                refused = stalled.send(() -> record(held, Samples.event("refused")));
                for (int i = 0; i < 5; i++) {
                    String externalId = "e" + i;
                    others.add(stalled.send(() -> record(agent, Samples.event(externalId))));
                }
            }
            others.forEach(Call::answer);
            refused.failure(Refusal.Unavailable.class);
            assertFalse(elsewhere.first().isAnswered(), "the agent was held all the while");
        }
        assertEquals(List.of("elsewhere"), stored(held));
        assertEquals(LongStream.range(0, 5).mapToObj(i -> "e" + i).toList(), stored(agent));
    }
}
