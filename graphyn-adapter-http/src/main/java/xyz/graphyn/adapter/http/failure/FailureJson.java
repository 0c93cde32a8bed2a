package xyz.graphyn.adapter.http.failure;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.agent.AgentRoutes;
import xyz.graphyn.application.failure.Failure.Kind;
import xyz.graphyn.application.failure.FailureNote;
import xyz.graphyn.domain.agent.AgentId;

/** Failures as admins read them. */
final class FailureJson {
    private FailureJson() {}

    /** What a kind is called on the wire; never another. */
    static String word(Kind kind) {
        return switch (kind) {
            case SLOW_CLIENT -> "slow-client";
            case DELIVERY -> "delivery";
            case BACKFILL -> "backfill";
            case PUBLISH -> "publish";
            case CHANNEL_LOST -> "channel-lost";
            case CHANNEL_BACK -> "channel-back";
            case NOT_NOTED -> "not-noted";
        };
    }

    @Schema(description = "Something that went wrong in delivery.")
    record Failure(
            UUID id,

            @Schema(
                    description = "What went wrong: a client that did not read as fast as its events came was closed;"
                            + " events could not be handed over for another reason; a hole was noticed and filled; events"
                            + " could not be published to the other servers; the connection to Redis was lost; it came"
                            + " back; failures that were only counted, because there were too many to note each.",
                    allowableValues = {
                        "slow-client",
                        "delivery",
                        "backfill",
                        "publish",
                        "channel-lost",
                        "channel-back",
                        "not-noted"
                    })
            String kind,

            @Schema(description = "When it was noticed first.")
            Instant at,

            @Schema(description = "When it was noticed last.")
            Instant lastAt,

            @Schema(description = "How often, from `at` to `lastAt`.")
            long count,

            @Schema(description = "Which server noticed it; the server's log names itself so at its start.")
            String server,

            @Schema(description = "Of which agent; null if it concerns all.") @Nullable UUID agentId,

            @Schema(description = "Who was served, as far as is known.") @Nullable String client,

            @Schema(description = "Where in the agent's log, the first time.") @Nullable Long seq,

            String detail) {
        static final Failure EXAMPLE = new Failure(
                FailureRoutes.EXAMPLE_ID,
                word(Kind.SLOW_CLIENT),
                Instant.parse("2026-05-04T10:00:00.123456Z"),
                Instant.parse("2026-05-04T10:00:00.804511Z"),
                3,
                "7f3a9c01",
                AgentRoutes.AGENT_ID.example(),
                "user_ada 10.0.0.7:53211",
                1041L,
                "The client had 4,194,304 bytes waiting, and was closed.");

        static Failure of(FailureNote note) {
            AgentId agent = note.failure().agent();
            return new Failure(
                    note.id(),
                    word(note.failure().kind()),
                    note.at(),
                    note.lastAt(),
                    note.count(),
                    note.server(),
                    agent == null ? null : agent.value(),
                    note.failure().client(),
                    note.failure().seq(),
                    note.failure().detail());
        }
    }

    @Schema(description = "A page of failures.")
    record FailureList(
            List<Failure> items,

            @Schema(description = "The `cursor` of the next page; null after the last.") @Nullable String nextCursor) {
        static final FailureList EXAMPLE = new FailureList(List.of(Failure.EXAMPLE), null);
    }
}
