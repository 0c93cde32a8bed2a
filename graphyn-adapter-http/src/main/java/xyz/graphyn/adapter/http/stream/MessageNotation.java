package xyz.graphyn.adapter.http.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import xyz.graphyn.adapter.http.event.EventJson;
import xyz.graphyn.adapter.http.json.JsonWriter;
import xyz.graphyn.application.stream.MaskedRun;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.event.Event;

/** The messages of a WebSocket. */
final class MessageNotation implements Notation {
    static final MessageNotation INSTANCE = new MessageNotation();

    /** Clients hold a message whole, so a long run is sent in several; an event that is larger by itself stays whole. */
    static final int MOST_BYTES = 256 * 1_024;

    private record Key(Set<String> types) {}

    private MessageNotation() {}

    @Override
    public Chunk subscribed(AgentId agent, long after, long head) {
        return message(new ServerMessage.Subscribed(agent.value(), after, head));
    }

    @Override
    public Chunk position(AgentId agent, long seq) {
        return message(new ServerMessage.Position(agent.value(), seq));
    }

    @Override
    public Chunk gap(AgentId agent, long from, long to) {
        return message(new ServerMessage.Gap(agent.value(), from, to));
    }

    static Chunk message(ServerMessage message) {
        return Chunk.of(JsonWriter.write(message));
    }

    @Override
    public Written events(MaskedRun run, Set<String> types) {
        List<byte[]> json = EventJson.of(run); // outside of the next, which must not ask the run for something else
        return run.once(new Key(types), of -> write(of, json, types));
    }

    private static Written write(MaskedRun run, List<byte[]> json, Set<String> types) {
        List<Chunk> chunks = new ArrayList<>();
        List<byte[]> together = new ArrayList<>();
        AgentId agent = run.agent().agent();
        int bytes = 0;
        long last = 0;
        for (int i = 0; i < run.size(); i++) {
            Event event = run.events().get(i);
            if (types.isEmpty() || types.contains(event.type())) {
                if (!together.isEmpty() && bytes + json.get(i).length > MOST_BYTES) {
                    chunks.add(chunk(agent, together));
                    together.clear();
                    bytes = 0;
                }
                together.add(json.get(i));
                bytes += json.get(i).length;
                last = event.seq();
            }
        }
        if (!together.isEmpty()) {
            chunks.add(chunk(agent, together));
        }
        return new Written(List.copyOf(chunks), last);
    }

    private static Chunk chunk(AgentId agent, List<byte[]> events) {
        boolean one = events.size() == 1;
        String head = "{\"type\":\"" + (one ? "event" : "events") + "\",\"agentId\":\"" + agent.value() + "\",\""
                + (one ? "event\":" : "events\":[");
        int length = events.stream().mapToInt(event -> event.length + 1).sum();
        ByteArrayOutputStream message = new ByteArrayOutputStream(head.length() + length + 2);
        message.writeBytes(head.getBytes(UTF_8));
        for (int i = 0; i < events.size(); i++) {
            if (i > 0) {
                message.write(',');
            }
            message.writeBytes(events.get(i));
        }
        message.writeBytes((one ? "}" : "]}").getBytes(UTF_8));
        return new Chunk(message.toByteArray(), events.size());
    }
}
