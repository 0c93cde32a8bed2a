package xyz.graphyn.adapter.http.memory;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.agent.AgentRoutes;
import xyz.graphyn.adapter.http.json.Change;
import xyz.graphyn.adapter.http.json.MergePatch;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.memory.EdgeStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.memory.EdgeDraft;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.validation.Checks;

/** Edges as clients write and read them. */
final class EdgeJson {
    static final UUID OTHER_NODE = UUID.fromString("0197a1d2-6c7d-7e8f-8a9b-0c1d2e3f4a5c");

    static final String NEW_EDGE = """
            {"from":"%s","to":"%s","relation":"lives_in","properties":{"confidence":0.9},\
            "validFrom":"2025-09-01T00:00:00Z"}""".formatted(NodeRoutes.NODE_ID.example(), OTHER_NODE);

    static final String EDGE_PATCH = """
            {"validTo":"2026-05-04T00:00:00Z","properties":{"confidence":1.0}}""";

    private EdgeJson() {}

    @Schema(description = "An edge to be added.")
    record NewEdge(
            @Schema(description = "The node that the relation is told of.")
            UUID from,

            @Schema(description = "The node that it leads to; may be the same.")
            UUID to,

            @Schema(
                    description = "What holds between them, such as `lives_in` or `knows`.",
                    minLength = 1,
                    maxLength = Checks.MAX_TYPE_NAME,
                    pattern = "^" + Checks.TYPE_NAME_PATTERN + "$")
            String relation,

            @Schema(description = "An object of your own, of at most " + EdgeDraft.MAX_PROPERTIES + " characters.")
            @Nullable Json properties,

            @Schema(description = "From when on it holds; always, unless it is given.") @Nullable Instant validFrom,

            @Schema(description = "When it stopped holding, after `validFrom`; still holds, unless it is given.")
            @Nullable Instant validTo) {
        EdgeDraft draft() {
            return new EdgeDraft(
                    new NodeId(from),
                    new NodeId(to),
                    relation,
                    Objects.requireNonNullElse(properties, Json.EMPTY),
                    validFrom,
                    validTo);
        }
    }

    @Schema(description = "What is to change of an edge.")
    record EdgePatch(
            @Schema(description = "Merged member by member.")
            Change<@Nullable Json> properties,

            Change<@Nullable Instant> validFrom,

            @Schema(description = "Closes a fact that stopped being true.")
            Change<@Nullable Instant> validTo,

            @Schema(description = "Can't be changed.") Change<@Nullable String> from,

            @Schema(description = "Can't be changed.") Change<@Nullable String> to,

            @Schema(description = "Can't be changed.") Change<@Nullable String> relation) {
        /** Not even what it is already may be given for a relation: to compare would be to tell. */
        EdgeDraft applyTo(EdgeDraft draft) {
            Checks checks = new Checks();
            refuse(checks, "/from", from);
            refuse(checks, "/to", to);
            refuse(checks, "/relation", relation);
            checks.orThrow();
            return new EdgeDraft(
                    draft.from(),
                    draft.to(),
                    draft.relation(),
                    MergePatch.apply(draft.properties(), properties),
                    validFrom.applyTo(draft.validFrom()),
                    validTo.applyTo(draft.validTo()));
        }

        private static void refuse(Checks checks, String pointer, Change<?> change) {
            if (!(change instanceof Change.Keep)) {
                checks.add(pointer, "immutable", "can't be changed: it would be another edge");
            }
        }
    }

    @Schema(description = "What holds between two nodes, and how long.")
    record Edge(
            UUID id,
            UUID agentId,

            @Schema(description = "The node that the relation is told of.")
            UUID from,

            @Schema(description = "The node that it leads to.")
            UUID to,

            @Schema(description = "What holds between them.")
            String relation,

            @Schema(description = "An object of your own.") Json properties,

            @Schema(description = "From when on it holds; null if it has always held.") @Nullable Instant validFrom,

            @Schema(description = "When it stopped holding; null if it still holds.") @Nullable Instant validTo,

            @Schema(description = "Whether memory found it by itself, and may take it back.")
            boolean derived,

            Instant createdAt) {
        static final Edge EXAMPLE = new Edge(
                EdgeRoutes.EDGE_ID.example(),
                AgentRoutes.AGENT_ID.example(),
                NodeRoutes.NODE_ID.example(),
                OTHER_NODE,
                "lives_in",
                new Json("{\"confidence\":0.9}"),
                Instant.parse("2025-09-01T00:00:00Z"),
                null,
                false,
                Instant.parse("2026-05-04T10:00:00.123456Z"));

        /** @param edge as its reader may see it */
        static Edge of(xyz.graphyn.domain.memory.Edge edge) {
            return new Edge(
                    edge.id().value(),
                    edge.agent().value(),
                    edge.from().value(),
                    edge.to().value(),
                    edge.relation(),
                    edge.properties(),
                    edge.validFrom(),
                    edge.validTo(),
                    edge.derived(),
                    edge.createdAt());
        }
    }

    @Schema(description = "A page of edges.")
    record EdgeList(
            List<Edge> items,

            @Schema(description = "The `cursor` of the next page; null after the last.") @Nullable String nextCursor) {
        static final EdgeList EXAMPLE = new EdgeList(List.of(Edge.EXAMPLE), null);

        static EdgeList of(Masked<Page<xyz.graphyn.domain.memory.Edge>> page, @Nullable String nextCursor) {
            return new EdgeList(page.value().items().stream().map(Edge::of).toList(), nextCursor);
        }
    }

    @Schema(description = "A node in the neighbourhood of another.")
    record Neighbor(
            NodeJson.Node node,

            @Schema(description = "How many edges lead there, at least.", minimum = "1", maximum = "3")
            int depth) {}

    @Schema(description = "The graph around a node.")
    record Neighborhood(
            @Schema(description = "Each node once, by depth, and then newest edge first.")
            List<Neighbor> items,

            @Schema(
                    description =
                            "The edges that were walked between these nodes and the one in the middle, each once; at most "
                                    + EdgeStore.MAX_AROUND + ".")
            List<Edge> edges,

            @Schema(description = "Whether there is more within this depth than the answer holds.")
            boolean truncated) {
        static final Neighborhood EXAMPLE =
                new Neighborhood(List.of(new Neighbor(NodeJson.Node.EXAMPLE, 1)), List.of(Edge.EXAMPLE), false);

        static Neighborhood of(Masked<xyz.graphyn.application.memory.Neighbourhood> around) {
            return new Neighborhood(
                    around.value().items().stream()
                            .map(item -> new Neighbor(NodeJson.Node.of(item.node()), item.depth()))
                            .toList(),
                    around.value().edges().stream().map(Edge::of).toList(),
                    around.value().truncated());
        }
    }
}
