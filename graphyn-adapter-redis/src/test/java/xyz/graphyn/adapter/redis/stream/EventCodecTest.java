package xyz.graphyn.adapter.redis.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import xyz.graphyn.adapter.redis.stream.EventCodec.Message;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.SequentialIds;
import xyz.graphyn.testkit.stream.LiveChannelContract;

class EventCodecTest {
    private static final AgentKey AGENT = LiveChannelContract.newAgent();
    private static final Event FULL = new Event(
            new EventId(new SequentialIds().next()),
            9_007_199_254_740_993L,
            AGENT.agent(),
            "tool.called",
            "s 🦄",
            "é \"1\"",
            Samples.NASTY_JSON,
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("9999-12-31T23:59:59.999999Z"),
            new Findings(
                    RulesVersion.of(3, 7),
                    Map.of(
                            "/payload",
                            List.of(
                                    new Finding(2, 5, new Kind("FROM_THE_FUTURE"), "future"),
                                    new Finding(5, 300, Kind.EMAIL, "email")),
                            "/sessionId",
                            List.of(new Finding(0, 1, Kind.EMAIL, "email")))));

    @Test
    void readsWhatItWrote() {
        assertEquals(Optional.of(FULL), EventCodec.decode(AGENT.agent(), EventCodec.encode(FULL)));
    }

    @Test
    void keepsTheRulesOfAnEventWithoutFindings() {
        Event clean = new Event(
                FULL.id(),
                1,
                AGENT.agent(),
                "message",
                null,
                null,
                Samples.NASTY_JSON,
                FULL.occurredAt(),
                FULL.receivedAt(),
                Findings.none(RulesVersion.of(1, 2)));
        assertEquals(Optional.of(clean), EventCodec.decode(AGENT.agent(), EventCodec.encode(clean)));
    }

    @Test
    void readsARun() {
        EventRun run = LiveChannelContract.run(AGENT, 5, 9);
        Message.Run read = assertInstanceOf(Message.Run.class, EventCodec.decodeMessage(AGENT, message(run.events())));
        assertEquals(run.events(), read.run().events());
        assertEquals(AGENT, read.run().agent());
    }

    @Test
    void readsThatSomethingWasLeftOut() {
        assertInstanceOf(Message.Uncertain.class, EventCodec.decodeMessage(AGENT, EventCodec.UNCERTAIN_MESSAGE));
    }

    @Test
    void refusesWhatIsCutOff() {
        byte[] entry = EventCodec.encode(FULL);
        for (int length = 0; length < entry.length; length++) {
            assertEquals(Optional.empty(), EventCodec.decode(AGENT.agent(), Arrays.copyOf(entry, length)));
        }
        assertEquals(Optional.empty(), EventCodec.decode(AGENT.agent(), Arrays.copyOf(entry, entry.length + 1)));
        byte[] message = message(List.of(FULL));
        for (int length = 0; length < message.length; length++) {
            assertInstanceOf(Message.Unreadable.class, EventCodec.decodeMessage(AGENT, Arrays.copyOf(message, length)));
        }
    }

    @Test
    void refusesAnotherVersionAndUnknownFlags() {
        for (int at : new int[] {4, 5}) {
            byte[] entry = EventCodec.encode(FULL);
            entry[at] = (byte) (entry[at] + 8);
            assertEquals(Optional.empty(), EventCodec.decode(AGENT.agent(), entry));
        }
        for (int at : new int[] {0, 1}) {
            byte[] message = message(List.of(FULL));
            message[at]++;
            assertInstanceOf(Message.Unreadable.class, EventCodec.decodeMessage(AGENT, message));
        }
    }

    @Test
    void refusesARunWithAHole() {
        List<Event> events = LiveChannelContract.run(AGENT, 1, 3).events();
        byte[] message = message(List.of(events.get(0), events.get(2)));
        assertInstanceOf(Message.Unreadable.class, EventCodec.decodeMessage(AGENT, message));
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        byte[] entry = EventCodec.encode(FULL);
        entry[entry.length - 3] = (byte) 0xFF;
        assertEquals(Optional.empty(), EventCodec.decode(AGENT.agent(), entry));
    }

    @Test
    void neverFailsWhateverComes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] good = message(LiveChannelContract.run(AGENT, 1, 3).events());
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                EventCodec.decodeMessage(AGENT, bytes);
                EventCodec.decode(AGENT.agent(), Arrays.copyOfRange(bytes, 2, bytes.length));
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + i, e);
            }
        }
        ByteBuffer huge = ByteBuffer.allocate(64).putInt(Integer.MAX_VALUE);
        assertEquals(Optional.empty(), EventCodec.decode(AGENT.agent(), huge.array()));
    }

    private static byte[] message(List<Event> events) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(EventCodec.RUN_HEAD);
        events.forEach(event -> message.writeBytes(EventCodec.encode(event)));
        return message.toByteArray();
    }
}
