package xyz.graphyn.adapter.redis.stream;

import java.util.ArrayList;
import java.util.List;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;

/**
 * A run on its way to Redis, or a part of one.
 *
 * @param entries its events as bytes; none if it is one event, too large to travel
 * @param bytes what it takes here while it waits
 * @param runs how many runs were put together in it
 */
record Packet(String epoch, AgentKey agent, long first, long last, List<byte[]> entries, long bytes, int runs) {
    /** What a waiting run takes apart from its events, roughly. */
    private static final int OVERHEAD = 256;

    private static final byte[] NOTHING = {};

    /** The packets that a run travels in, in its order: as few as can be, none of them above {@code messageBytes}. */
    static List<Packet> of(String epoch, EventRun run, int messageBytes) {
        List<Packet> packets = new ArrayList<>(1);
        List<byte[]> entries = new ArrayList<>(run.size());
        long size = 0;
        long first = run.first();
        for (Event event : run.events()) {
            // A text has no fewer bytes than UTF-16 units: what is certainly too large is not encoded.
            byte[] entry = event.payload().text().length() > messageBytes ? NOTHING : EventCodec.encode(event);
            boolean fits = entry.length > 0 && entry.length <= messageBytes;
            if (!entries.isEmpty() && (!fits || size + entry.length > messageBytes)) {
                packets.add(whole(epoch, run.agent(), first, entries, size));
                first = event.seq();
                entries = new ArrayList<>();
                size = 0;
            }
            if (fits) {
                entries.add(entry);
                size += entry.length;
            } else {
                packets.add(new Packet(epoch, run.agent(), first, first, List.of(), OVERHEAD, 1));
                first++;
            }
        }
        if (!entries.isEmpty()) {
            packets.add(whole(epoch, run.agent(), first, entries, size));
        }
        return packets;
    }

    private static Packet whole(String epoch, AgentKey agent, long first, List<byte[]> entries, long size) {
        return new Packet(epoch, agent, first, first + entries.size() - 1, List.copyOf(entries), size + OVERHEAD, 1);
    }

    /** Whether the next one can travel in one message with this one. */
    boolean joins(Packet next, int messageBytes, int mostEvents) {
        return !entries.isEmpty()
                && !next.entries.isEmpty()
                && next.first == last + 1
                && next.epoch.equals(epoch)
                && bytes + next.bytes <= messageBytes
                && entries.size() + next.entries.size() <= mostEvents;
    }

    Packet with(Packet next) {
        List<byte[]> both = new ArrayList<>(entries.size() + next.entries.size());
        both.addAll(entries);
        both.addAll(next.entries);
        return new Packet(epoch, agent, first, next.last, both, bytes + next.bytes, runs + next.runs);
    }

    long events() {
        return last - first + 1;
    }
}
