package xyz.graphyn.adapter.redis.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.testkit.stream.LiveChannelContract;

class PacketTest {
    private static final int MESSAGE = 1_000;
    private static final AgentKey AGENT = LiveChannelContract.newAgent();

    @Test
    void sendsASmallRunInOne() {
        assertEquals(List.of("7-9 3"), described(List.of(event(7, 100), event(8, 100), event(9, 100))));
    }

    @Test
    void dividesALargeRunAtTheLimit() {
        List<Event> events =
                IntStream.rangeClosed(1, 10).mapToObj(seq -> event(seq, 300)).toList();
        List<Packet> packets = Packet.of("e", new EventRun(AGENT, events), MESSAGE);
        assertEquals(
                List.of("1-2 2", "3-4 2", "5-6 2", "7-8 2", "9-10 2"),
                packets.stream().map(PacketTest::described).toList());
        for (Packet packet : packets) {
            assertTrue(packet.entries().stream().mapToInt(entry -> entry.length).sum() <= MESSAGE);
        }
    }

    @Test
    void sendsOnlyTheNewsOfAnEventThatIsTooLarge() {
        assertEquals(
                List.of("1-1 1", "2-2 0", "3-3 0", "4-5 2"),
                described(List.of(event(1, 100), event(2, 2_000), event(3, 990), event(4, 100), event(5, 100))));
    }

    private static List<String> described(List<Event> events) {
        return Packet.of("e", new EventRun(AGENT, events), MESSAGE).stream()
                .map(PacketTest::described)
                .toList();
    }

    private static String described(Packet packet) {
        return packet.first() + "-" + packet.last() + " " + packet.entries().size();
    }

    private static Event event(long seq, int length) {
        return LiveChannelContract.event(AGENT, seq, "{\"a\":\"" + "x".repeat(length) + "\"}");
    }
}
