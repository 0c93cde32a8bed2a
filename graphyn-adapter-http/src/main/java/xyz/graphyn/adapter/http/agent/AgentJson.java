package xyz.graphyn.adapter.http.agent;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.json.Change;
import xyz.graphyn.adapter.http.json.MergePatch;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentProfile;
import xyz.graphyn.domain.json.Json;

/** Agents as clients write and read them. */
public final class AgentJson {
    static final String NEW_AGENT = """
            {"name":"Travel planner","description":"Plans trips for the team","model":"gpt-5","metadata":{"team":"ops"}}""";

    static final String AGENT_PATCH = """
            {"instructions":"Be brief.","metadata":{"team":null,"owner":"ada"}}""";

    private AgentJson() {}

    @Schema(description = "An agent to be created.")
    record NewAgent(
            @Schema(description = "Need not be unique.", minLength = 1, maxLength = AgentProfile.MAX_NAME)
            String name,

            @Schema(maxLength = AgentProfile.MAX_DESCRIPTION) @Nullable String description,

            @Schema(description = "The system prompt.", maxLength = AgentProfile.MAX_INSTRUCTIONS) @Nullable String instructions,

            @Schema(description = "The language model's name.", minLength = 1, maxLength = AgentProfile.MAX_MODEL)
            @Nullable String model,

            @Schema(description = "An object of your own, of at most " + AgentProfile.MAX_METADATA + " characters.")
            @Nullable Json metadata) {
        AgentProfile profile() {
            return new AgentProfile(
                    name, description, instructions, model, Objects.requireNonNullElse(metadata, Json.EMPTY));
        }
    }

    @Schema(description = "What is to change of an agent.")
    record AgentPatch(
            @Schema(minLength = 1, maxLength = AgentProfile.MAX_NAME)
            Change<String> name,

            @Schema(maxLength = AgentProfile.MAX_DESCRIPTION)
            Change<@Nullable String> description,

            @Schema(maxLength = AgentProfile.MAX_INSTRUCTIONS)
            Change<@Nullable String> instructions,

            @Schema(minLength = 1, maxLength = AgentProfile.MAX_MODEL)
            Change<@Nullable String> model,

            @Schema(description = "Merged member by member.")
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

    @Schema(description = "An AI agent.")
    record Agent(
            UUID id,
            UUID organizationId,
            String name,
            @Nullable String description,

            @Schema(description = "The system prompt.") @Nullable String instructions,

            @Schema(description = "The language model's name.") @Nullable String model,

            @Schema(description = "An object of your own.") Json metadata,

            @Schema(description = "The subject of the user who created it.")
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

        static Agent of(Masked<xyz.graphyn.domain.agent.Agent> agent) {
            return of(agent.value());
        }

        private static Agent of(xyz.graphyn.domain.agent.Agent agent) {
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

    @Schema(description = "A page of agents.")
    public record AgentList(
            List<Agent> items,

            @Schema(description = "The `cursor` of the next page; null after the last.") @Nullable String nextCursor) {
        static final AgentList EXAMPLE = new AgentList(List.of(Agent.EXAMPLE), null);

        public static AgentList of(Masked<Page<xyz.graphyn.domain.agent.Agent>> page, @Nullable String nextCursor) {
            return new AgentList(
                    page.value().items().stream().map(agent -> Agent.of(agent)).toList(), nextCursor);
        }
    }
}
