package xyz.graphyn.testkit.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.application.stream.LiveChannel;
import xyz.graphyn.application.stream.LiveChannel.Watch;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.SequentialIds;

/**
 * The promises of {@link LiveChannel}, to be run against every implementation. What the channel stands on works throughout:
 * then what is published comes, once, in order.
 */
public interface LiveChannelContract {
    SequentialIds IDS = new SequentialIds();
    Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
    String EPOCH = "0198c0de-0000-7000-8000-000000000001";
    String NEXT_EPOCH = "0198c0de-0000-7000-8000-000000000002";
    Duration PATIENCE = Duration.ofSeconds(20);

    /** One server's channel, which has entered nothing. All of one test share what they stand on; the fixture closes them. */
    LiveChannel newChannel();

    private LiveChannel entered() {
        LiveChannel channel = newChannel();
        channel.enter(EPOCH);
        return channel;
    }

    /** Watches, and returns when watching has begun. */
    private static RecordingListener listening(LiveChannel channel, AgentKey agent) {
        RecordingListener listener = new RecordingListener();
        channel.watch(agent, listener);
        return listener.awaitUncertainties(1);
    }

    /** An agent that nobody else knows. */
    static AgentKey newAgent() {
        return new AgentKey(new OrganizationId(IDS.next()), new AgentId(IDS.next()));
    }

    /** Events of these numbers, each with an id of its own. */
    static EventRun run(AgentKey agent, long first, long last) {
        return new EventRun(
                agent,
                LongStream.rangeClosed(first, last)
                        .mapToObj(seq -> event(agent, seq, "{\"n\":" + seq + "}"))
                        .toList());
    }

    /** An event that tells no more than it must. */
    static Event event(AgentKey agent, long seq, String payload) {
        return new Event(
                new EventId(IDS.next()),
                seq,
                agent.agent(),
                "message",
                null,
                null,
                new Json(payload),
                NOW,
                NOW,
                Findings.UNSCANNED);
    }

    /** Publishes it and waits until {@code at} can replay its end. */
    private static void keep(LiveChannel channel, LiveChannel at, EventRun run) {
        channel.publish(run);
        awaitReplay(at, run.agent(), run.last() - 1, List.of(run.last()));
    }

    private static void awaitReplay(LiveChannel channel, AgentKey agent, long after, List<Long> seqs) {
        long started = System.nanoTime();
        while (!replayed(channel, agent, after, 1_000).equals(seqs)
                && System.nanoTime() - started < PATIENCE.toNanos()) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        assertEquals(seqs, replayed(channel, agent, after, 1_000));
    }

    private static List<Long> replayed(LiveChannel channel, AgentKey agent, long after, int limit) {
        return channel.replay(agent, after, limit).map(EventRun::events).orElse(List.of()).stream()
                .map(Event::seq)
                .toList();
    }

    private static List<Long> seqs(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    default void tellsEveryServerThatWatches() {
        AgentKey agent = newAgent();
        LiveChannel here = entered();
        LiveChannel there = entered();
        RecordingListener atHere = listening(here, agent);
        RecordingListener atThere = listening(there, agent);
        EventRun run = run(agent, 1, 3);
        here.publish(run);
        assertEquals(run.events(), atHere.awaitEvents(3).events());
        assertEquals(run.events(), atThere.awaitEvents(3).events());
    }

    @Test
    default void carriesEveryFieldAsItWas() {
        AgentKey agent = newAgent();
        LiveChannel channel = entered();
        RecordingListener listener = listening(channel, agent);
        String session = "s \"1\" \u200b🦄 שלום";
        List<Event> events = List.of(
                full(agent, 7, null, null, Samples.NASTY_JSON, NOW),
                full(agent, 8, session, null, Json.EMPTY, Instant.parse("0001-01-01T00:00:00Z")),
                full(agent, 9, null, "e" + "𝒳".repeat(199), new Json("{\"a\":\"\\u0000\\ud83e\\udd84\"}"), NOW),
                full(agent, 10, session, "e", new Json("{}"), Instant.parse("9999-12-31T23:59:59.999999Z")),
                full(agent, 11, null, null, new Json("{\n\"a\" : \"" + "é🦄x".repeat(10_000) + "\"\t}"), NOW));
        channel.publish(new EventRun(agent, events));
        assertEquals(events, listener.awaitEvents(5).events());
        awaitReplay(channel, agent, 6, seqs(7, 11));
        assertEquals(
                Optional.of(events), channel.replay(agent, 6, 1_000).map(EventRun::events), "kept as it was published");
    }

    private static Event full(
            AgentKey agent,
            long seq,
            @Nullable String session,
            @Nullable String external,
            Json payload,
            Instant occurred) {
        return new Event(
                new EventId(IDS.next()),
                seq,
                agent.agent(),
                "tool.called",
                session,
                external,
                payload,
                occurred,
                NOW,
                Findings.UNSCANNED);
    }

    @Test
    default void publishesAndKeepsNothingBeforeItEnters() {
        AgentKey agent = newAgent();
        LiveChannel early = newChannel();
        LiveChannel other = entered();
        RecordingListener listener = listening(other, agent);
        early.publish(run(agent, 1, 1));
        assertEquals(Optional.empty(), early.replay(agent, 0, 10));
        early.enter(EPOCH);
        keep(early, other, run(agent, 2, 2));
        assertEquals(List.of(2L), listener.awaitSeq(2).seqs());
        assertEquals(List.of(), replayed(other, agent, 0, 10));
    }

    @Test
    default void watchesWhatWasWatchedBeforeItEntered() {
        AgentKey agent = newAgent();
        LiveChannel channel = newChannel();
        RecordingListener listener = new RecordingListener();
        channel.watch(agent, listener);
        channel.enter(EPOCH);
        listener.awaitUncertainties(1);
        channel.publish(run(agent, 1, 1));
        assertEquals(List.of(1L), listener.awaitSeq(1).seqs());
    }

    @Test
    default void deliversTheRunsOfAnAgentInTheOrderOfTheCalls() {
        AgentKey agent = newAgent();
        LiveChannel here = entered();
        RecordingListener listener = listening(entered(), agent);
        long next = 1;
        for (int i = 0; i < 300; i++) {
            int size = 1 + i % 7;
            here.publish(run(agent, next, next + size - 1));
            next += size;
        }
        listener.awaitSeq(next - 1);
        for (int i = 0; i < listener.seqs().size(); i++) {
            assertEquals(i + 1L, listener.seqs().get(i), "the event at place " + i);
        }
    }

    @Test
    default void tellsManyAgentsOfTheirOwnAtOnce() {
        LiveChannel here = entered();
        LiveChannel there = entered();
        Concurrently.run(8, number -> {
            AgentKey agent = newAgent();
            RecordingListener listener = listening(there, agent);
            for (long seq = 1; seq <= 50; seq++) {
                here.publish(run(agent, seq, seq));
            }
            assertEquals(seqs(1, 50), listener.awaitSeq(50).seqs());
            return number;
        });
    }

    @Test
    default void replaysWhatFollows() {
        AgentKey agent = newAgent();
        LiveChannel here = entered();
        LiveChannel there = entered();
        keep(here, there, run(agent, 5, 7));
        keep(here, there, run(agent, 8, 8));
        keep(there, here, run(agent, 9, 12));
        for (LiveChannel channel : List.of(here, there)) {
            assertEquals(seqs(5, 12), replayed(channel, agent, 4, 100), "from the first");
            assertEquals(seqs(7, 12), replayed(channel, agent, 6, 100), "from the middle of a run");
            assertEquals(seqs(7, 9), replayed(channel, agent, 6, 3), "as many as asked for");
            assertEquals(seqs(12, 12), replayed(channel, agent, 11, 100), "the last");
            assertEquals(List.of(), replayed(channel, agent, 12, 100), "from the head");
            assertEquals(List.of(), replayed(channel, agent, 13, 100), "above the head");
            assertEquals(List.of(), replayed(channel, agent, 3, 100), "from before what is kept");
            assertEquals(List.of(), replayed(channel, agent, 0, 100), "from the beginning");
        }
    }

    @Test
    default void restartsBehindAHole() {
        AgentKey agent = newAgent();
        LiveChannel channel = entered();
        RecordingListener listener = listening(channel, agent);
        keep(channel, channel, run(agent, 1, 3));
        keep(channel, channel, run(agent, 5, 6));
        assertEquals(List.of(1L, 2L, 3L, 5L, 6L), listener.awaitEvents(5).seqs());
        assertEquals(List.of(), replayed(channel, agent, 0, 100));
        assertEquals(List.of(), replayed(channel, agent, 3, 100));
        assertEquals(seqs(5, 6), replayed(channel, agent, 4, 100));
    }

    @Test
    default void publishesAnOlderRunAndKeepsTheNewer() {
        AgentKey agent = newAgent();
        LiveChannel slow = entered();
        LiveChannel fast = entered();
        RecordingListener listener = listening(fast, agent);
        EventRun newer = run(agent, 4, 6);
        keep(fast, slow, newer);
        slow.publish(run(agent, 1, 3));
        assertEquals(List.of(4L, 5L, 6L, 1L, 2L, 3L), listener.awaitEvents(6).seqs());
        assertEquals(List.of(), replayed(fast, agent, 0, 100));
        assertEquals(newer.events(), fast.replay(agent, 3, 100).orElseThrow().events());
    }

    @Test
    default void keepsWhatIsNewOfAnOverlappingRun() {
        AgentKey agent = newAgent();
        LiveChannel channel = entered();
        RecordingListener listener = listening(channel, agent);
        EventRun all = run(agent, 1, 8);
        keep(channel, channel, new EventRun(agent, all.events().subList(0, 5)));
        keep(channel, channel, new EventRun(agent, all.events().subList(3, 8)));
        channel.publish(new EventRun(agent, all.events().subList(1, 2)));
        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L, 4L, 5L, 6L, 7L, 8L, 2L),
                listener.awaitEvents(11).seqs());
        assertEquals(all.events(), channel.replay(agent, 0, 100).orElseThrow().events());
    }

    @Test
    default void keepsAgentsAndOrganizationsApart() {
        LiveChannel channel = entered();
        AgentKey agent = newAgent();
        AgentKey neighbour = new AgentKey(agent.organization(), new AgentId(IDS.next()));
        AgentKey stranger = new AgentKey(new OrganizationId(IDS.next()), agent.agent());
        List<AgentKey> agents = List.of(agent, neighbour, stranger);
        List<RecordingListener> listeners =
                agents.stream().map(each -> listening(channel, each)).toList();
        List<EventRun> runs = new ArrayList<>();
        for (AgentKey each : agents) {
            EventRun run = run(each, 1, 2 + runs.size());
            runs.add(run);
            keep(channel, channel, run);
        }
        for (int i = 0; i < agents.size(); i++) {
            List<Event> own = runs.get(i).events();
            assertEquals(own, listeners.get(i).awaitEvents(own.size()).events());
            EventRun replayed = channel.replay(agents.get(i), 0, 100).orElseThrow();
            assertEquals(own, replayed.events());
            assertEquals(agents.get(i), replayed.agent());
        }
    }

    @Test
    default void passesOverAnotherHistory() {
        AgentKey agent = newAgent();
        LiveChannel behind = entered();
        LiveChannel ahead = entered();
        RecordingListener atBehind = listening(behind, agent);
        RecordingListener atAhead = listening(ahead, agent);
        keep(behind, ahead, run(agent, 1, 5));
        atAhead.awaitSeq(5);

        ahead.enter(NEXT_EPOCH);
        atAhead.awaitUncertainties(2);
        assertEquals(List.of(), replayed(ahead, agent, 0, 100));
        keep(behind, behind, run(agent, 6, 6));
        atBehind.awaitSeq(6);

        EventRun restored = run(agent, 4, 4);
        keep(ahead, ahead, restored);
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 4L), atAhead.awaitEvents(6).seqs());
        assertEquals(
                restored.events(), ahead.replay(agent, 3, 100).orElseThrow().events());

        behind.enter(NEXT_EPOCH);
        atBehind.awaitUncertainties(2);
        keep(ahead, behind, run(agent, 5, 5));
        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L, 6L, 5L), atBehind.awaitEvents(7).seqs());
        assertEquals(seqs(4, 5), replayed(behind, agent, 3, 100));
    }

    @Test
    default void tellsEachListenerOfAnAgentUntilItsWatchIsClosed() {
        AgentKey agent = newAgent();
        LiveChannel channel = entered();
        RecordingListener leaving = new RecordingListener();
        RecordingListener staying = new RecordingListener();
        Watch watch = channel.watch(agent, leaving);
        Watch stays = channel.watch(agent, staying);
        leaving.awaitUncertainties(1);
        staying.awaitUncertainties(1);
        channel.publish(run(agent, 1, 1));
        assertEquals(List.of(1L), leaving.awaitSeq(1).seqs());
        assertEquals(List.of(1L), staying.awaitSeq(1).seqs());

        watch.close();
        watch.close();
        channel.publish(run(agent, 2, 2));
        assertEquals(List.of(1L, 2L), staying.awaitSeq(2).seqs());
        assertEquals(List.of(1L), leaving.seqs());

        stays.close();
        RecordingListener returning = listening(channel, agent);
        channel.publish(run(agent, 3, 3));
        assertEquals(List.of(3L), returning.awaitSeq(3).seqs());
        assertEquals(List.of(1L, 2L), staying.seqs());
    }

    @Test
    default void tellsOfEventsThatAreTooLargeToTravel() {
        AgentKey agent = newAgent();
        LiveChannel channel = entered();
        RecordingListener listener = listening(channel, agent);
        channel.publish(run(agent, 1, 1));
        listener.awaitSeq(1);
        int before = listener.uncertainties();
        EventRun large = new EventRun(agent, List.of(event(agent, 2, "{\"a\":\"" + "x".repeat(1_999_900) + "\"}")));
        channel.publish(large);
        EventRun next = run(agent, 3, 3);
        channel.publish(next);
        listener.awaitSeq(3);
        if (listener.uncertainties() == before) {
            assertEquals(List.of(1L, 2L, 3L), listener.seqs());
            assertEquals(large.events().getFirst(), listener.events().get(1));
        } else {
            assertEquals(List.of(1L, 3L), listener.seqs());
        }
        awaitReplay(channel, agent, 2, List.of(3L));
    }

    @Test
    default void deliversALargeRunWhole() {
        AgentKey agent = newAgent();
        LiveChannel channel = entered();
        RecordingListener listener = listening(channel, agent);
        String payload = "{\"a\":\"" + "x".repeat(50_000) + "\"}";
        List<Event> events = LongStream.rangeClosed(1, 20)
                .mapToObj(seq -> event(agent, seq, payload))
                .toList();
        channel.publish(new EventRun(agent, events));
        assertEquals(events, listener.awaitSeq(20).events());
        awaitReplay(channel, agent, 19, List.of(20L));
    }
}
