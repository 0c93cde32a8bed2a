package xyz.graphyn.application.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.UseCases;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.event.EventHeads;
import xyz.graphyn.application.event.EventQuery;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.application.event.EventStore;
import xyz.graphyn.application.failure.Failure;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.stream.InMemoryLiveChannel;

final class StreamsTest {
    private static final Streams.Limits LIMITS = new Streams.Limits(3, 4, 2);

    private final UseCases useCases = new UseCases();
    private final InMemoryLiveChannel.Bus bus = new InMemoryLiveChannel.Bus();
    private final List<Streams> servers = new ArrayList<>();
    private final List<Failure> failures = new CopyOnWriteArrayList<>();
    private final AgentId agent = useCases.manageAgents
            .create(useCases.ada, Samples.profile("watched"))
            .value()
            .id();
    private final RecordingSubscriber client = new RecordingSubscriber();

    @AfterEach
    void stop() {
        servers.forEach(Streams::close);
    }

    @Test
    void tellsWhatComes() {
        Streams server = server();
        record(server, 3);
        server.subscribe(useCases.vera, agent, null, Set.of(), client);

        List<Event> recorded = record(server, 2);

        client.awaitEvents(2);
        assertEquals(recorded, client.events());
        assertEquals(List.of("subscribed 3 of 3"), client.signs());
    }

    @Test
    void replaysAndGoesOn() {
        Streams server = server();
        record(server, 2_345);
        server.subscribe(useCases.vera, agent, 5L, Set.of(), client);
        client.awaitEvents(2_340);

        record(server, 2);

        client.awaitEvents(2_342);
        assertEquals(upTo(6, 2_347), client.seqs());
        assertEquals(List.of("subscribed 5 of 2345"), client.signs());
    }

    @Test
    void hasNoSeamBetweenReplayAndLive() {
        Streams server = server();
        int total = 4_000;
        List<RecordingSubscriber> clients = Concurrently.run(21, number -> {
            if (number == 0) {
                IntStream.range(0, total / 20).forEach(batch -> record(server, 20));
            }
            RecordingSubscriber joining = new RecordingSubscriber();
            server.subscribe(useCases.vera, agent, 0L, Set.of(), joining);
            joining.awaitEvents(total);
            return joining;
        });

        clients.forEach(each -> assertEquals(upTo(1, total), each.seqs()));
    }

    @Test
    void reachesTheOtherServer() {
        Streams here = server();
        Streams there = server();
        there.subscribe(useCases.vera, agent, 0L, Set.of(), client);

        record(here, 3);
        record(there, 2);
        record(here, 1);

        client.awaitEvents(6);
        assertEquals(upTo(1, 6), client.seqs());
    }

    @Test
    void findsWhatTheChannelLost() {
        Streams here = server();
        Streams there = server();
        there.subscribe(useCases.vera, agent, null, Set.of(), client);
        record(here, 1);
        client.awaitEvents(1);

        bus.goAway();
        record(here, 3);

        client.awaitEvents(4);
        assertEquals(upTo(1, 4), client.seqs());
        awaitFailure(Failure.Kind.BACKFILL);
    }

    @Test
    void goesOnWhenTheChannelComesBackEmpty() {
        Streams here = server();
        Streams there = server();
        there.subscribe(useCases.vera, agent, null, Set.of(), client);
        bus.goAway();
        record(here, 2);
        bus.flush();
        bus.back();

        record(here, 2);

        client.awaitEvents(4);
        assertEquals(upTo(1, 4), client.seqs());
    }

    @Test
    void putsWhatComesTwiceAndInAnyOrderInOrder() {
        Streams server = server();
        server.subscribe(useCases.vera, agent, 0L, Set.of(), client);
        List<Event> events = record(null, 9);
        AgentKey key = useCases.ada.key(agent);

        for (List<Event> run : List.of(
                events.subList(6, 9),
                events.subList(2, 4),
                events.subList(2, 6),
                events.subList(0, 2),
                events.subList(1, 3),
                events.subList(8, 9))) {
            server.recorded(new EventRun(key, run));
        }

        client.awaitEvents(9);
        assertEquals(upTo(1, 9), client.seqs());
    }

    @Test
    void saysWhatIsNoMore() {
        record(null, 30);
        Streams server = server(withoutTheFirst(20), useCases.storage.eventHeads());

        server.subscribe(useCases.vera, agent, 4L, Set.of(), client);

        client.awaitEvents(10);
        assertEquals(List.of("subscribed 4 of 30", "gap 5 to 20"), client.signs());
        assertEquals(upTo(21, 30), client.seqs());
    }

    @Test
    void saysThatAllIsNoMore() {
        record(null, 30);
        Streams server = server(withoutTheFirst(30), useCases.storage.eventHeads());
        server.subscribe(useCases.vera, agent, 4L, Set.of(), client);
        client.awaitSign("gap 5 to 30");

        record(server, 1);

        client.awaitEvents(1);
        assertEquals(upTo(31, 31), client.seqs());
    }

    @Test
    void waitsForAStoreThatIsAway() {
        record(null, 5);
        AtomicBoolean away = new AtomicBoolean(true);
        EventStore store = useCases.storage.events();
        Streams server = server(
                following(store, (after, limit) -> {
                    if (away.get()) {
                        throw new Refusal.Unavailable("away", Duration.ofSeconds(1));
                    }
                    return store.follow(useCases.ada.key(agent), after, limit);
                }),
                useCases.storage.eventHeads());
        server.subscribe(useCases.vera, agent, 0L, Set.of(), client);
        client.awaitSign("subscribed 0 of 5");

        away.set(false);

        client.awaitEvents(5);
        assertEquals(upTo(1, 5), client.seqs());
    }

    @Test
    void refusesToOpenWhileTheStoreIsAway() {
        AtomicBoolean away = new AtomicBoolean();
        Streams server = server(useCases.storage.events(), agents -> {
            if (away.get()) {
                throw new Refusal.Unavailable("away", Duration.ofSeconds(1));
            }
            return useCases.storage.eventHeads().read(agents);
        });
        away.set(true);
        assertThrows(Refusal.Unavailable.class, () -> server.subscribe(useCases.vera, agent, null, Set.of(), client));

        away.set(false);
        server.subscribe(useCases.vera, agent, null, Set.of(), client);

        record(server, 1);
        client.awaitEvents(1);
    }

    @Test
    void endsWhenTheAgentIsRemoved() {
        Streams server = server();
        server.subscribe(useCases.vera, agent, null, Set.of(), client);

        useCases.manageAgents.remove(useCases.ada, agent);

        client.awaitSign("ended NotFound");
    }

    @Test
    void endsWhenTheStorageWasRestored() {
        AtomicBoolean restored = new AtomicBoolean();
        EventHeads heads = useCases.storage.eventHeads();
        Streams server = server(
                useCases.storage.events(),
                agents -> new EventHeads.Heads(
                        restored.get() ? "after" : "before", heads.read(agents).seqs()));
        server.subscribe(useCases.vera, agent, null, Set.of(), client);

        restored.set(true);

        client.awaitSign("ended Ahead");
        RecordingSubscriber again = new RecordingSubscriber();
        server.subscribe(useCases.vera, agent, null, Set.of(), again);
        record(server, 1);
        again.awaitEvents(1);
    }

    @Test
    void refusesWhatTheCallerMayNotSee() {
        Streams server = server();
        assertThrows(Refusal.NotFound.class, () -> server.subscribe(useCases.stranger, agent, null, Set.of(), client));
        assertThrows(Refusal.NotAllowed.class, () -> server.subscribe(useCases.otto, agent, null, Set.of(), client));
        assertEquals(List.of(), client.signs());
    }

    @Test
    void refusesToGoOnBehindTheHead() {
        Streams server = server();
        record(null, 2);
        assertThrows(Refusal.Ahead.class, () -> server.subscribe(useCases.vera, agent, 3L, Set.of(), client));
        server.subscribe(useCases.vera, agent, 2L, Set.of(), client);
        record(server, 1);
        client.awaitEvents(1);
        assertEquals(upTo(3, 3), client.seqs());
    }

    @Test
    void keepsTheFaultOfOneFromTheOthers() {
        Streams server = server();
        AtomicBoolean ended = new AtomicBoolean();
        server.subscribe(useCases.vera, agent, null, Set.of(), new FaultySubscriber(() -> ended.set(true)));
        server.subscribe(useCases.vera, agent, null, Set.of(), client);

        record(server, 1);
        client.awaitEvents(1);
        record(server, 1);

        client.awaitEvents(2);
        assertTrue(ended.get());
        assertEquals(Failure.Kind.DELIVERY, failures.getFirst().kind());
    }

    @Test
    void waitsWithAReplayUntilThereIsRoom() {
        Streams server = server();
        record(server, 3_000);
        client.full(true);
        server.subscribe(useCases.vera, agent, 0L, Set.of(), client);
        client.awaitSign("subscribed 0 of 3000");
        assertEquals(List.of(), client.seqs());

        client.full(false);

        client.awaitEvents(3_000);
        assertEquals(upTo(1, 3_000), client.seqs());
    }

    @Test
    void isSilentOnceClosed() {
        Streams server = server();
        RecordingSubscriber gone = new RecordingSubscriber();
        server.subscribe(useCases.vera, agent, null, Set.of(), gone).close();
        server.subscribe(useCases.vera, agent, null, Set.of(), client);

        record(server, 1);

        client.awaitEvents(1);
        assertEquals(List.of(), gone.seqs());
    }

    @Test
    void countsConnections() {
        Streams server = server();
        Lease first = server.connect(useCases.ada.principal());
        server.connect(useCases.ada.principal());
        server.connect(useCases.ada.principal());
        assertThrows(Refusal.TooMany.class, () -> server.connect(useCases.ada.principal()));
        server.connect(useCases.vera.principal());
        assertThrows(Refusal.TooMany.class, () -> server.connect(useCases.otto.principal()));
        server.connect(useCases.stranger.principal());

        first.close();
        first.close();

        server.connect(useCases.ada.principal());
        assertThrows(Refusal.TooMany.class, () -> server.connect(useCases.vera.principal()));
    }

    @Test
    void endsEverythingWhenItIsClosed() {
        Streams server = server();
        server.subscribe(useCases.vera, agent, null, Set.of(), client);

        server.close();

        client.awaitSign("ended Unavailable");
        assertThrows(
                Refusal.Unavailable.class,
                () -> server.subscribe(useCases.vera, agent, null, Set.of(), new RecordingSubscriber()));
    }

    /** It is noted once all that was missing was read, when the client may have it already. */
    private void awaitFailure(Failure.Kind kind) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (failures.stream().noneMatch(failure -> failure.kind() == kind)) {
            assertTrue(System.nanoTime() < end, () -> "no " + kind + " among " + failures);
            Thread.onSpinWait();
        }
    }

    private Streams server() {
        return server(useCases.storage.events(), useCases.storage.eventHeads());
    }

    private Streams server(EventStore events, EventHeads heads) {
        Streams server = new Streams(
                new AgentGate(useCases.storage.agents()),
                events,
                heads,
                new InMemoryLiveChannel(bus),
                useCases.streamDisclosures,
                failures::add,
                LIMITS);
        servers.add(server.start());
        return server;
    }

    private List<Event> record(@Nullable Streams server, int count) {
        List<Event> recorded = useCases
                .recordEvents
                .recordAll(
                        useCases.ada,
                        agent,
                        IntStream.range(0, Math.min(count, 1_000))
                                .mapToObj(i -> Samples.event(null))
                                .toList())
                .value()
                .stream()
                .map(one ->
                        useCases.eventQueries.get(useCases.ada, agent, one.id()).value())
                .toList();
        if (server != null) {
            server.recorded(new EventRun(useCases.ada.key(agent), recorded));
        }
        return count > 1_000
                ? Stream.concat(recorded.stream(), record(server, count - 1_000).stream())
                        .toList()
                : recorded;
    }

    private static List<Long> upTo(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private EventStore withoutTheFirst(int removed) {
        EventStore store = useCases.storage.events();
        return following(
                store, (after, limit) -> store.follow(useCases.ada.key(agent), Math.max(after, removed), limit));
    }

    private interface Following {
        List<Event> follow(long after, int limit);
    }

    private static EventStore following(EventStore store, Following following) {
        return new EventStore() {
            @Override
            public Optional<Event> find(AgentKey agent, EventId id) {
                return store.find(agent, id);
            }

            @Override
            public Page<Event> page(AgentKey agent, EventQuery query) {
                return store.page(agent, query);
            }

            @Override
            public List<Event> follow(AgentKey agent, long after, int limit) {
                return following.follow(after, limit);
            }
        };
    }

    private record FaultySubscriber(Runnable onEnd) implements Subscriber {
        @Override
        public void subscribed(AgentId agent, long after, long head) {}

        @Override
        public void events(MaskedRun run) {
            throw new IllegalStateException("a fault of this subscriber");
        }

        @Override
        public void gap(AgentId agent, long from, long to) {}

        @Override
        public void ended(AgentId agent, Refusal why) {
            onEnd.run();
        }

        @Override
        public boolean awaitRoom() {
            return true;
        }
    }
}
