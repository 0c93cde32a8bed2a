package xyz.graphyn.application.masking;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.audit.AuditEntries;
import xyz.graphyn.application.masking.Disclosures.Written;
import xyz.graphyn.application.masking.StreamDisclosures.Sight;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.masking.Disclosure;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.masking.Seen;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeMasking;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.NodeMasking;

/** What {@link Disclosures} does, for the graph: edges, and nodes with the edges between them. It throws as that does. */
public final class EdgeDisclosures {
    private final Disclosures disclosures;
    private final SensitiveData data;
    private final AuditEntries entries;

    public EdgeDisclosures(Disclosures disclosures, SensitiveData data, AuditEntries entries) {
        this.disclosures = disclosures;
        this.data = data;
        this.entries = entries;
    }

    /** @see Disclosures#provenBy */
    public @Nullable RulesVersion provenBy(Caller caller) {
        return disclosures.provenBy(caller);
    }

    public Masked<Edge> edge(Caller caller, Edge edge) {
        Seen<Edge> seen = seen(caller, disclosures.sight(caller), List.of(edge)).getFirst();
        return disclosures.noted(
                seen,
                disclosure -> entries.onEdge(
                        caller,
                        AuditAction.DATA_DISCLOSED,
                        edge.agent(),
                        edge.id(),
                        Disclosures.details(disclosure, Map.of())));
    }

    public Masked<Page<Edge>> edges(Caller caller, AgentId agent, Page<Edge> page) {
        List<Seen<Edge>> seen = seen(caller, disclosures.sight(caller), page.items());
        return disclosures.noted(
                new Seen<>(new Page<>(values(seen), page.more()), sum(seen.stream())),
                disclosure -> entries.onAgent(
                        caller,
                        AuditAction.DATA_DISCLOSED,
                        agent,
                        Disclosures.details(disclosure, Map.of("edges", count(seen)))));
    }

    /**
     * What surrounds a node.
     *
     * @param start the node in the middle, which is not shown
     * @param make is given the nodes and the edges as the caller sees them, in the same order
     */
    public <T> Masked<T> around(
            Caller caller,
            AgentId agent,
            NodeId start,
            List<Node> nodes,
            List<Edge> edges,
            BiFunction<List<Node>, List<Edge>, T> make) {
        Sight sight = disclosures.sight(caller);
        List<Seen<Edge>> seenEdges = seen(caller, sight, edges);
        List<Node> searched = Disclosures.searched(
                sight, nodes, Node::findings, stale -> data.inNodes(caller.organization(), stale), Node::searched);
        List<Seen<Node>> seenNodes = searched.stream()
                .map(node -> NodeMasking.seen(node, sight.view()))
                .toList();
        return disclosures.noted(
                new Seen<>(
                        make.apply(values(seenNodes), values(seenEdges)),
                        sum(Stream.concat(seenNodes.stream(), seenEdges.stream()))),
                disclosure -> entries.onNode(
                        caller,
                        AuditAction.DATA_DISCLOSED,
                        agent,
                        start,
                        Disclosures.details(disclosure, Map.of("neighbours", count(nodes), "edges", count(edges)))));
    }

    /** @see Disclosures#written */
    public Written<Edge> written(Caller caller, Findings findings) {
        Sight sight = disclosures.sight(caller);
        return new Written<>(
                Disclosure.of(findings, sight.view()).details(), edge -> EdgeMasking.seen(edge, sight.view()));
    }

    private List<Seen<Edge>> seen(Caller caller, Sight sight, List<Edge> edges) {
        List<Edge> searched = Disclosures.searched(
                sight, edges, Edge::findings, stale -> data.inEdges(caller.organization(), stale), Edge::searched);
        return searched.stream()
                .map(edge -> EdgeMasking.seen(edge, sight.view()))
                .toList();
    }

    private static <T> List<T> values(List<Seen<T>> seen) {
        return seen.stream().map(Seen::value).toList();
    }

    private static Disclosure sum(Stream<? extends Seen<?>> seen) {
        return Disclosure.sum(seen.map(Seen::disclosure).toList());
    }

    private static String count(List<?> shown) {
        return Integer.toString(shown.size());
    }
}
