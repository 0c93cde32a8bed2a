package xyz.graphyn.adapter.http.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.UUID;
import xyz.graphyn.adapter.http.agent.AgentRoutes;
import xyz.graphyn.adapter.http.event.EventJson;
import xyz.graphyn.adapter.http.json.JsonWriter;

/** What the reference says of the protocols; the messages in it are written by what writes the real ones. */
final class ProtocolText {
    private static final UUID AGENT = AgentRoutes.AGENT_ID.example();

    static final String SUBSCRIBE = "{\"type\":\"subscribe\",\"token\":\"…\",\"agents\":[{\"agentId\":\"" + AGENT
            + "\",\"after\":41}],\"types\":[\"message\"]}";
    static final String UNSUBSCRIBE = "{\"type\":\"unsubscribe\",\"agents\":[{\"agentId\":\"" + AGENT + "\"}]}";
    static final String REFRESH = "{\"type\":\"refresh\",\"token\":\"…\"}";

    static final String WEB_SOCKET = """
            Events of up to 1,000 agents on one connection, each once and in the order of `seq`. A request without an upgrade \
            to WebSocket is answered 426. `docs/streaming.md` says all that there is to know.

            The first message comes within 5 s. It authenticates, so no token is ever in the address; where the request had \
            an `Authorization` header, `token` may be left out. With `after`, every event above it is sent first; without it, \
            only those that are still to come are.

            ```json
            %s
            %s
            %s
            ```

            The server answers and tells:

            ```json
            %s
            %s
            %s
            %s
            %s
            %s
            %s
            %s
            ```

            A page of a browser must come from an origin that the server allows.

            | close code | why | what to do |
            |---|---|---|
            | 4400 | a message that is not one of these | mend the client |
            | 4401 | no token, or one that has ended | get a new one and resume |
            | 4403 | no access to anything any more | give up |
            | 4409 | the client did not read fast enough | resume behind the last `seq` of each agent |
            | 1012 | the server restarts | resume, after a short random pause |
            | 1013 | no room at the moment | resume, later |""".formatted(
            SUBSCRIBE,
            UNSUBSCRIBE,
            REFRESH,
            json(new ServerMessage.Subscribed(AGENT, 41, 57)),
            "{\"type\":\"event\",\"agentId\":\"" + AGENT + "\",\"event\":" + json(EventJson.Event.EXAMPLE) + "}",
            "{\"type\":\"events\",\"agentId\":\"" + AGENT + "\",\"events\":[…]}",
            json(new ServerMessage.Position(AGENT, 57)),
            json(new ServerMessage.Gap(AGENT, 1, 41)),
            json(new ServerMessage.Unsubscribed(AGENT)),
            json(new ServerMessage.Refreshed(Instant.parse("2026-05-04T10:05:00Z"))),
            json(new ServerMessage.Refused(AGENT, "not-found", "There is no such agent.")));

    static final String EVENT_STREAM = """
            Events of one agent (WHATWG HTML, server-sent events): `id` is the `seq`, `data` the event in one line. A client \
            that comes back sends the last `id` as `Last-Event-ID` and misses nothing; a block of an `id` alone says how far \
            it is where the filter left events out. `event: gap` tells `from` and `to` of events that were removed, \
            `event: end` why the stream ends: `token-expired`, `restart`, `too-slow` or a problem's code. A comment comes \
            every 15 s. `EventSource` of browsers can't send a token; read the stream with `fetch`.""";

    private ProtocolText() {}

    static String blocks() {
        return "retry: 2000\nid: 41\n\nid: 42\ndata: " + json(EventJson.Event.EXAMPLE) + "\n\n";
    }

    private static String json(Object value) {
        return new String(JsonWriter.write(value), UTF_8);
    }
}
