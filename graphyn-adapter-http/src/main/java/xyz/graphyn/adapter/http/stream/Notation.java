package xyz.graphyn.adapter.http.stream;

import java.util.List;
import java.util.Set;
import xyz.graphyn.application.stream.MaskedRun;
import xyz.graphyn.domain.agent.AgentId;

/** How a client is told of things: in messages of a WebSocket, or in blocks of an event stream. */
sealed interface Notation permits MessageNotation, BlockNotation {
    /**
     * A run as it is sent to all who have the same filter.
     *
     * @param last the {@code seq} of the last event in it; 0 if there is none
     */
    record Written(List<Chunk> chunks, long last) {}

    Chunk subscribed(AgentId agent, long after, long head);

    /** @param types only events of these; empty for all */
    Written events(MaskedRun run, Set<String> types);

    Chunk position(AgentId agent, long seq);

    Chunk gap(AgentId agent, long from, long to);
}
