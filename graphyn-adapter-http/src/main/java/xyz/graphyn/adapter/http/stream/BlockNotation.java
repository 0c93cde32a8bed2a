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

/**
 * The blocks of an event stream (WHATWG HTML, section 9.2). A block of an {@code id} alone is no event for a client, but the
 * place where it resumes: the standard has it kept before it looks whether there is data.
 */
final class BlockNotation implements Notation {
    static final BlockNotation INSTANCE = new BlockNotation();
    static final Chunk HEARTBEAT = Chunk.of(":\n\n".getBytes(UTF_8));

    /** After how many milliseconds a client comes back. */
    private static final int RETRY_MILLIS = 2_000;

    /** Written in pieces of about this length, so that a slow client is seen to come on. */
    private static final int MOST_BYTES = 64 * 1_024;

    private record Key(Set<String> types) {}

    private record Span(long from, long to) {}

    private record End(String code) {}

    private BlockNotation() {}

    /** The place at once, so that who has seen no event yet loses none when they come back. */
    @Override
    public Chunk subscribed(AgentId agent, long after, long head) {
        return Chunk.of(("retry: " + RETRY_MILLIS + "\nid: " + after + "\n\n").getBytes(UTF_8));
    }

    @Override
    public Chunk position(AgentId agent, long seq) {
        return Chunk.of(("id: " + seq + "\n\n").getBytes(UTF_8));
    }

    @Override
    public Chunk gap(AgentId agent, long from, long to) {
        return Chunk.of(("id: " + to + "\nevent: gap\ndata: " + json(new Span(from, to)) + "\n\n").getBytes(UTF_8));
    }

    /** The last block of all. */
    static Chunk end(String code) {
        return Chunk.of(("event: end\ndata: " + json(new End(code)) + "\n\n").getBytes(UTF_8));
    }

    private static String json(Record value) {
        return new String(JsonWriter.write(value), UTF_8);
    }

    @Override
    public Written events(MaskedRun run, Set<String> types) {
        List<byte[]> json = EventJson.of(run); // outside of the next, which must not ask the run for something else
        return run.once(new Key(types), of -> write(of, json, types));
    }

    private static Written write(MaskedRun run, List<byte[]> json, Set<String> types) {
        List<Chunk> chunks = new ArrayList<>();
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        int events = 0;
        long last = 0;
        for (int i = 0; i < run.size(); i++) {
            Event event = run.events().get(i);
            if (types.isEmpty() || types.contains(event.type())) {
                blocks.writeBytes(("id: " + event.seq() + "\ndata: ").getBytes(UTF_8));
                writeLine(json.get(i), blocks);
                blocks.writeBytes("\n\n".getBytes(UTF_8));
                events++;
                last = event.seq();
                if (blocks.size() > MOST_BYTES) {
                    chunks.add(new Chunk(blocks.toByteArray(), events));
                    blocks.reset();
                    events = 0;
                }
            }
        }
        if (events > 0) {
            chunks.add(new Chunk(blocks.toByteArray(), events));
        }
        return new Written(List.copyOf(chunks), last);
    }

    /** A payload may hold line ends, between its values only; there a space means the same. */
    private static void writeLine(byte[] json, ByteArrayOutputStream blocks) {
        for (byte b : json) {
            if (b == '\n' || b == '\r') {
                byte[] line = json.clone();
                for (int i = 0; i < line.length; i++) {
                    line[i] = line[i] == '\n' || line[i] == '\r' ? (byte) ' ' : line[i];
                }
                blocks.writeBytes(line);
                return;
            }
        }
        blocks.writeBytes(json);
    }
}
