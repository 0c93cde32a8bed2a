package xyz.graphyn.adapter.http.recall;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.memory.NodeJson;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.application.recall.ContextRequest;
import xyz.graphyn.application.recall.RecallQuery;
import xyz.graphyn.application.recall.SearchRequest;
import xyz.graphyn.domain.recall.Context;
import xyz.graphyn.domain.recall.ContextEntry;
import xyz.graphyn.domain.recall.FoundNode;
import xyz.graphyn.domain.usage.ContextUsage;
import xyz.graphyn.domain.usage.UsageId;
import xyz.graphyn.domain.validation.Checks;

/** Questions to memory and their answers, as clients write and read them. */
public final class RecallJson {
    static final String SEARCH = """
            {"query":"How does Ada like to travel?","limit":10,"asOf":"2026-06-01T00:00:00Z"}""";

    static final String CONTEXT = """
            {"query":"Book Ada a trip to Vienna.","tokenBudget":1000,"recent":4}""";

    private static final String OF_THESE_SESSIONS = "Only of these sessions.";
    private static final String AS_OF =
            "Memory as it was at this time: what had occurred by then, where nothing that had occurred by"
                    + " then held in its place.";
    private static final String MIN_SEQ =
            "Answer only when memory has taken in the events up to this `seq`; for who has just written.";

    private RecallJson() {}

    @Schema(description = "A question. Every condition that is given must hold.")
    record MemorySearch(
            @Schema(
                    description = "What is looked for, in words of your own.",
                    minLength = 1,
                    maxLength = RecallQuery.MAX_TEXT)
            String query,

            @Schema(
                    description = "How many nodes at most.",
                    minimum = "1",
                    maximum = "" + Page.MAX_LIMIT,
                    defaultValue = "" + Page.DEFAULT_LIMIT)
            @Nullable Integer limit,

            @ArraySchema(
                    maxItems = SearchRequest.MAX_TYPES,
                    schema =
                            @Schema(
                                    description = "Only of these types.",
                                    minLength = 1,
                                    maxLength = Checks.MAX_TYPE_NAME,
                                    pattern = "^" + Checks.TYPE_NAME_PATTERN + "$"))
            @Nullable List<String> types,

            @Schema(description = "Only what occurred at this time or later.") @Nullable Instant from,

            @Schema(description = "Only what occurred before this time.") @Nullable Instant to,

            @Schema(description = AS_OF) @Nullable Instant asOf,

            @Schema(description = "Only of this session.", minLength = 1, maxLength = Checks.MAX_IDENTIFIER) @Nullable String sessionId,

            @Schema(description = MIN_SEQ, minimum = "0") @Nullable Long minSeq) {
        SearchRequest request() {
            return new SearchRequest(
                    query,
                    Objects.requireNonNullElse(limit, Page.DEFAULT_LIMIT),
                    Objects.requireNonNullElse(types, List.of()),
                    from,
                    to,
                    asOf,
                    sessionId,
                    minSeq);
        }
    }

    @Schema(description = "What a prompt needs of memory. Every condition that is given must hold.")
    record NewContext(
            @Schema(
                    description = "What the prompt is about, mostly the user's last message.",
                    minLength = 1,
                    maxLength = RecallQuery.MAX_TEXT)
            String query,

            @Schema(
                    description = "How many tokens the text may have.",
                    minimum = "1",
                    maximum = "" + ContextRequest.MAX_BUDGET)
            int tokenBudget,

            @Schema(
                    description = "The model that the prompt is for, whose tokens are counted; those of `o200k_base`,"
                            + " unless it is given.",
                    minLength = 1,
                    maxLength = ContextRequest.MAX_MODEL)
            @Nullable String model,

            @Schema(
                    description = "Only of this session, which is then what the saving is measured against.",
                    minLength = 1,
                    maxLength = Checks.MAX_IDENTIFIER)
            @Nullable String sessionId,

            @ArraySchema(
                    maxItems = ContextRequest.MAX_SESSIONS,
                    schema = @Schema(description = OF_THESE_SESSIONS, minLength = 1, maxLength = Checks.MAX_IDENTIFIER))
            @Nullable List<String> sessions,

            @ArraySchema(
                    maxItems = ContextRequest.MAX_SESSIONS,
                    schema =
                            @Schema(
                                    description = "Nothing of these sessions.",
                                    minLength = 1,
                                    maxLength = Checks.MAX_IDENTIFIER))
            @Nullable List<String> withoutSessions,

            @ArraySchema(
                    maxItems = SearchRequest.MAX_TYPES,
                    schema =
                            @Schema(
                                    description = "Only of these types.",
                                    minLength = 1,
                                    maxLength = Checks.MAX_TYPE_NAME,
                                    pattern = "^" + Checks.TYPE_NAME_PATTERN + "$"))
            @Nullable List<String> types,

            @Schema(
                    description = "How many of the latest messages are kept, whatever is asked.",
                    minimum = "0",
                    maximum = "" + ContextRequest.MAX_RECENT,
                    defaultValue = "0")
            @Nullable Integer recent,

            @Schema(description = "Only what occurred at this time or later.") @Nullable Instant from,

            @Schema(description = "Only what occurred before this time.") @Nullable Instant to,

            @Schema(description = AS_OF) @Nullable Instant asOf,

            @Schema(description = MIN_SEQ, minimum = "0") @Nullable Long minSeq) {
        ContextRequest request() {
            return new ContextRequest(
                    query,
                    tokenBudget,
                    model,
                    sessionId,
                    Objects.requireNonNullElse(sessions, List.of()),
                    Objects.requireNonNullElse(withoutSessions, List.of()),
                    Objects.requireNonNullElse(types, List.of()),
                    Objects.requireNonNullElse(recent, 0),
                    from,
                    to,
                    asOf,
                    minSeq);
        }
    }

    @Schema(description = "What was found, best first.")
    public record FoundNodes(List<Found> items) {
        static final FoundNodes EXAMPLE = new FoundNodes(List.of(new Found(
                NodeJson.Node.EXAMPLE,
                2.75,
                new Why(List.of(new Signal("words", 1.75), new Signal("meaning", 1.0)), List.of("ada", "travel")))));

        public static FoundNodes of(Masked<List<FoundNode>> found) {
            return new FoundNodes(found.value().stream().map(Found::of).toList());
        }
    }

    @Schema(name = "FoundNode", description = "A node that answers a question.")
    record Found(
            NodeJson.Node node,

            @Schema(description = "Higher is better; those of different questions can't be compared.")
            double score,

            Why why) {
        static Found of(FoundNode found) {
            return new Found(NodeJson.Node.of(found.node()), found.score(), Why.of(found));
        }
    }

    @Schema(description = "Why a node was found.")
    record Why(
            @Schema(description = "What the score is made of, the largest share first.")
            List<Signal> signals,

            @Schema(description = "Of the question's words those that the node holds, as they were looked for.")
            List<String> terms) {
        static Why of(FoundNode found) {
            return new Why(
                    found.signals().entrySet().stream()
                            .map(signal -> new Signal(signal.getKey(), signal.getValue()))
                            .sorted(Comparator.comparingDouble(Signal::share)
                                    .reversed()
                                    .thenComparing(Signal::name))
                            .toList(),
                    found.terms());
        }
    }

    @Schema(description = "A share of a score.")
    record Signal(String name, double share) {}

    @Schema(description = "What goes into the prompt.")
    public record MemoryContext(
            @Schema(description = "Sessions in the order of time, each under its day, and in it who said what.")
            String text,

            @Schema(description = "What the text was written from, in its order, with the content that it has of them.")
            List<NodeJson.Node> nodes,

            @Schema(description = "Those of the nodes of which the text has a part of the content only.")
            List<UUID> excerpts,

            Usage usage) {
        static final MemoryContext EXAMPLE = new MemoryContext(
                "4 May 2026\npreference: Ada prefers trains to planes.\n",
                List.of(NodeJson.Node.EXAMPLE),
                List.of(),
                Usage.of(
                        new ContextUsage(18, 12_400, 830, "o200k_base", true),
                        new UsageId(UUID.fromString("0197a1d2-8d9e-7f0a-b1c2-d3e4f5a6b7c8"))));

        public static MemoryContext of(Masked<Context> context) {
            List<ContextEntry> entries = context.value().entries();
            return new MemoryContext(
                    context.value().text(),
                    entries.stream()
                            .map(entry -> NodeJson.Node.of(entry.node()))
                            .toList(),
                    entries.stream()
                            .filter(ContextEntry::excerpt)
                            .map(entry -> entry.node().id().value())
                            .toList(),
                    Usage.of(context.value().usage(), context.value().metered()));
        }
    }

    @Schema(name = "ContextUsage", description = "What the context costs against the prompt without it, in tokens.")
    record Usage(
            @Schema(
                    description =
                            "Names it in a report of what the provider counted; null if it could not be metered in time.")
            @Nullable UUID id,

            @Schema(description = "Of the text.") long contextTokens,

            @Schema(
                    description = "Of the whole history in its place: the session's if one was named, else the agent's;"
                            + " no more than the model reads, where that is known.")
            long baselineTokens,

            @Schema(description = "Of the latest 20 messages in its place.")
            long windowTokens,

            @Schema(description = "`baselineTokens` less `contextTokens`; negative where the context costs more.")
            long savedTokens,

            @Schema(description = "The share of the baseline that is saved; negative where the context costs more.")
            double tokenSaving,

            @Schema(description = "By which vocabulary tokens were counted.")
            String tokenizer,

            @Schema(description = "Whether all was counted as the model counts, nothing estimated.")
            boolean measured) {
        static Usage of(ContextUsage usage, @Nullable UsageId metered) {
            return new Usage(
                    metered == null ? null : metered.value(),
                    usage.contextTokens(),
                    usage.baselineTokens(),
                    usage.windowTokens(),
                    usage.savedTokens(),
                    usage.tokenSaving(),
                    usage.tokenizer(),
                    usage.measured());
        }
    }
}
