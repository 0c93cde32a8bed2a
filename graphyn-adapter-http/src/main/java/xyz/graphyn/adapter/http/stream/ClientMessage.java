package xyz.graphyn.adapter.http.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.endpoint.QueryParameter;
import xyz.graphyn.adapter.http.json.JsonReader;
import xyz.graphyn.adapter.http.json.JsonText;
import xyz.graphyn.adapter.http.problem.Mistake;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.application.event.EventQuery;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.validation.Checks;

/** What a client says on a WebSocket. */
sealed interface ClientMessage {
    /** A thousand agents with the largest positions, and a token, twice over. */
    int MOST_BYTES = 256 * 1_024;

    /** A thousand agents with two members each, and as much again. */
    int MOST_KEYS = 5_000;

    /** Agents that one connection may watch: more than anyone looks at, few enough to be checked at a refresh. */
    int MOST_AGENTS = 1_000;

    /**
     * @param token null where the connection is authenticated already
     * @param agents each with the {@code seq} behind which it is told of, null for what is to come only; in order
     * @param types only events of these; empty for all
     */
    record Subscribe(@Nullable String token, Map<AgentId, @Nullable Long> agents, Set<String> types)
            implements ClientMessage {
        @Override
        public String toString() {
            return "Subscribe[agents=" + agents + ", types=" + types + "]";
        }
    }

    record Unsubscribe(Set<AgentId> agents) implements ClientMessage {}

    record Refresh(String token) implements ClientMessage {
        @Override
        public String toString() {
            return "Refresh[token=…]";
        }
    }

    /**
     * @param text of one whole message
     * @throws xyz.graphyn.adapter.http.problem.ProblemException with every mistake
     */
    static ClientMessage parse(String text) {
        Shape shape = Shape.READER.read(JsonText.of(text, MOST_KEYS));
        List<Mistake> mistakes = new ArrayList<>();
        ClientMessage message = shape.message(mistakes::add);
        if (message == null || !mistakes.isEmpty()) {
            throw Problem.validation(mistakes).thrown();
        }
        return message;
    }

    /** All members that any message has. */
    record Shape(
            String type,
            @Nullable String token,
            @Nullable List<Agent> agents,
            @Nullable List<String> types) {
        private static final JsonReader<Shape> READER = new JsonReader<>(Shape.class);

        /** @param after a whole number from 0 */
        record Agent(UUID agentId, @Nullable Long after) {}

        @Nullable ClientMessage message(Consumer<Mistake> mistakes) {
            return switch (type) {
                case "subscribe" -> new Subscribe(token, agents(true, mistakes), types(mistakes));
                case "unsubscribe" -> {
                    refuse("token", token, mistakes);
                    refuse("types", types, mistakes);
                    yield new Unsubscribe(agents(false, mistakes).keySet());
                }
                case "refresh" -> {
                    refuse("agents", agents, mistakes);
                    refuse("types", types, mistakes);
                    if (token == null) {
                        mistakes.accept(Mistake.atPointer("/token", "required", "is required"));
                        yield null;
                    }
                    yield new Refresh(token);
                }
                default -> {
                    mistakes.accept(
                            Mistake.atPointer("/type", "unknown", "must be one of subscribe, unsubscribe, refresh"));
                    yield null;
                }
            };
        }

        private Map<AgentId, @Nullable Long> agents(boolean withAfter, Consumer<Mistake> mistakes) {
            Map<AgentId, @Nullable Long> named = new LinkedHashMap<>();
            if (agents == null || agents.isEmpty() || agents.size() > MOST_AGENTS) {
                mistakes.accept(
                        Mistake.atPointer("/agents", "required", "must hold from 1 to " + MOST_AGENTS + " agents"));
                return named;
            }
            for (int i = 0; i < agents.size(); i++) {
                Agent agent = agents.get(i);
                String pointer = "/agents/" + i;
                if (named.containsKey(new AgentId(agent.agentId()))) {
                    mistakes.accept(Mistake.atPointer(pointer + "/agentId", "duplicate", "must not be there twice"));
                }
                if (agent.after() != null && !withAfter) {
                    mistakes.accept(Mistake.atPointer(pointer + "/after", "unknown", "is not known here"));
                } else if (agent.after() != null && (agent.after() < 0 || agent.after() > QueryParameter.MAX_EXACT)) {
                    mistakes.accept(Mistake.atPointer(
                            pointer + "/after",
                            "out-of-range",
                            "must be a whole number from 0 to " + QueryParameter.MAX_EXACT));
                }
                named.put(new AgentId(agent.agentId()), agent.after());
            }
            return named;
        }

        private Set<String> types(Consumer<Mistake> mistakes) {
            if (types == null) {
                return Set.of();
            }
            if (types.isEmpty() || types.size() > EventQuery.MAX_TYPES) {
                mistakes.accept(Mistake.atPointer(
                        "/types", "too-many", "must hold from 1 to " + EventQuery.MAX_TYPES + " types"));
                return Set.of();
            }
            for (int i = 0; i < types.size(); i++) {
                String type = types.get(i);
                if (type.isBlank() || type.codePointCount(0, type.length()) > Checks.MAX_TYPE_NAME) {
                    mistakes.accept(Mistake.atPointer(
                            "/types/" + i,
                            "malformed",
                            "must have 1 to " + Checks.MAX_TYPE_NAME + " characters, not all blank"));
                }
            }
            return Set.copyOf(new TreeSet<>(types));
        }

        private static void refuse(String name, @Nullable Object value, Consumer<Mistake> mistakes) {
            if (value != null) {
                mistakes.accept(Mistake.atPointer("/" + name, "unknown", "is not known in a message of this type"));
            }
        }
    }
}
