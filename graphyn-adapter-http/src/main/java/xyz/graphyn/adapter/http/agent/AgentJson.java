package xyz.graphyn.adapter.http.agent;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.json.Change;
import xyz.graphyn.adapter.http.json.MergePatch;
import xyz.graphyn.domain.agent.AgentProfile;
import xyz.graphyn.domain.json.Json;

/** Agents as clients write and read them. */
final class AgentJson {
    static final String NEW_AGENT = """
            {"name":"Travel planner","description":"Plans trips for the team","model":"gpt-5","metadata":{"team":"ops"}}""";

    static final String AGENT_PATCH = """
            {"instructions":"Be brief.","metadata":{"team":null,"owner":"ada"}}""";

    private AgentJson() {}

    record NewAgent(
            String name,
            @Nullable String description,
            @Nullable String instructions,
            @Nullable String model,
            @Nullable Json metadata) {
        AgentProfile profile() {
            return new AgentProfile(
                    name, description, instructions, model, Objects.requireNonNullElse(metadata, Json.EMPTY));
        }
    }

    record AgentPatch(
            Change<String> name,
            Change<@Nullable String> description,
            Change<@Nullable String> instructions,
            Change<@Nullable String> model,
            Change<@Nullable Json> metadata) {
        AgentProfile applyTo(AgentProfile profile) {
            return new AgentProfile(
                    name.or(profile.name()),
                    description.applyTo(profile.description()),
                    instructions.applyTo(profile.instructions()),
                    model.applyTo(profile.model()),
                    MergePatch.apply(profile.metadata(), metadata));
        }
    }

    record Agent(
            UUID id,
            UUID organizationId,
            String name,
            @Nullable String description,
            @Nullable String instructions,
            @Nullable String model,
            Json metadata,
            String createdBy,
            Instant createdAt,
            Instant updatedAt) {
        static final Agent EXAMPLE = new Agent(
                AgentRoutes.AGENT_ID.example(),
                UUID.fromString("0197a1d2-3c00-7abc-8def-00000000acce"),
                "Travel planner",
                "Plans trips for the team",
                null,
                "gpt-5",
                new Json("{\"team\":\"ops\"}"),
                "user_2ada",
                Instant.parse("2026-05-04T10:00:00.123456Z"),
                Instant.parse("2026-05-04T10:00:00.123456Z"));

        static Agent of(xyz.graphyn.domain.agent.Agent agent) {
            AgentProfile profile = agent.profile();
            return new Agent(
                    agent.id().value(),
                    agent.organization().value(),
                    profile.name(),
                    profile.description(),
                    profile.instructions(),
                    profile.model(),
                    profile.metadata(),
                    agent.createdBy(),
                    agent.createdAt(),
                    agent.updatedAt());
        }
    }

    record AgentList(List<Agent> items, @Nullable String nextCursor) {
        static final AgentList EXAMPLE = new AgentList(List.of(Agent.EXAMPLE), null);
    }
}
