package xyz.graphyn.adapter.redis.stream;

import java.util.ArrayList;
import java.util.List;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;

/**
 * A run on its way to Redis.
 *
 * @param entries its events as bytes; none if they are too large to travel
 * @param bytes what it takes here while it waits
 * @param runs how many runs were put together in it
 */
record Packet(String epoch, AgentKey agent, long first, long last, List<byte[]> entries, long bytes, int runs) {
    /** What a waiting run takes apart from its events, roughly. */
    private static final int OVERHEAD = 256;

    static Packet of(String epoch, EventRun run, int messageBytes) {
        long size = 0;
        List<byte[]> entries = new ArrayList<>(run.size());
        for (Event event : run.events()) {
            // A text has no fewer bytes than UTF-16 units: what is certainly too large is not encoded.
            if (size + event.payload().text().length() > messageBytes) {
                return tooLarge(epoch, run);
            }
            byte[] entry = EventCodec.encode(event);
            size += entry.length;
            entries.add(entry);
        }
        return size > messageBytes
                ? tooLarge(epoch, run)
                : new Packet(epoch, run.agent(), run.first(), run.last(), List.copyOf(entries), size + OVERHEAD, 1);
    }

    private static Packet tooLarge(String epoch, EventRun run) {
        return new Packet(epoch, run.agent(), run.first(), run.last(), List.of(), OVERHEAD, 1);
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
