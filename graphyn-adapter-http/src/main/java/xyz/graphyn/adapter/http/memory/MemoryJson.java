package xyz.graphyn.adapter.http.memory;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.memory.RetrySetAside;
import xyz.graphyn.domain.memory.MemoryState;
import xyz.graphyn.domain.memory.SetAside;

/** How far memory is, as clients read it. */
final class MemoryJson {
    static final String RETRY = "{\"seq\":41}";

    private MemoryJson() {}

    @Schema(description = "How far an agent's memory is.")
    record Memory(
            long nodes,
            long edges,

            @Schema(description = "Of all nodes together.") long tokens,

            @Schema(description = "The `seq` of the last event.")
            long eventHead,

            @Schema(description = "Up to here, events are part of memory or set aside.")
            long processedSeq,

            @Schema(description = "Goes up with every change of a node or an edge.")
            long memoryVersion,

            @Schema(
                    description =
                            "For how long the first event that is not part of memory yet has waited; 0 if there is none.")
            long lagMillis,

            @Schema(description = "How many events could not be taken in.")
            long setAside) {
        static final Memory EXAMPLE = new Memory(1_204, 2_961, 58_321, 1_310, 1_309, 1_377, 12, 1);

        static Memory of(MemoryState state) {
            return new Memory(
                    state.nodes(),
                    state.edges(),
                    state.tokens(),
                    state.eventHead(),
                    state.processedSeq(),
                    state.memoryVersion(),
                    state.lag().toMillis(),
                    state.setAside());
        }
    }

    @Schema(description = "An event that memory could not take in.")
    record MemoryFailure(
            UUID eventId,
            long seq,

            @Schema(description = "Why. It repeats nothing of the payload.")
            String error,

            @Schema(description = "How often it was tried.") int attempts,

            @Schema(description = "When it was tried last.") Instant at) {
        static final MemoryFailure EXAMPLE = new MemoryFailure(
                UUID.fromString("0197a1d2-5b6c-7d7e-8f90-a1b2c3d4e5f6"),
                41,
                "/content must be a string or a list of parts",
                1,
                Instant.parse("2026-05-04T10:00:00.123456Z"));

        static MemoryFailure of(SetAside event) {
            return new MemoryFailure(event.event().value(), event.seq(), event.error(), event.attempts(), event.at());
        }
    }

    @Schema(description = "A page of events that memory could not take in.")
    record MemoryFailureList(
            List<MemoryFailure> items,

            @Schema(description = "The `cursor` of the next page; null after the last.") @Nullable String nextCursor) {
        static final MemoryFailureList EXAMPLE = new MemoryFailureList(List.of(MemoryFailure.EXAMPLE), null);
    }

    @Schema(description = "Which events are to be tried again.")
    record Retry(
            @Schema(description = "The one to be tried; all, unless it is given.", minimum = "1") @Nullable Long seq) {}

    @Schema(description = "What became of the events that were tried again.")
    record Retried(
            @Schema(description = "How many were tried.") int tried,

            @Schema(description = "How many of them could not be taken in this time either.")
            int failed,

            @Schema(description = "Whether there are more behind them, which were not tried.")
            boolean more) {
        static final Retried EXAMPLE = new Retried(1, 0, false);

        static Retried of(RetrySetAside.Outcome outcome) {
            return new Retried(outcome.tried(), outcome.failed(), outcome.more());
        }
    }
}
