package xyz.graphyn.testkit.storage;

import java.util.List;
import java.util.Map;
import xyz.graphyn.application.append.NewEdge;
import xyz.graphyn.application.memory.EdgeQuery;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeDraft;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.testkit.Samples;

/** What the contracts of edges share. */
public interface EdgeContract extends StorageContract {
    EdgeQuery ALL_EDGES = new EdgeQuery(null, null, null, null, null, 200, null);

    default NodeId newNode(AgentKey agent) {
        return add(agent, Samples.node("node")).id();
    }

    default EdgeDraft draft(NodeId from, NodeId to, String relation) {
        return new EdgeDraft(from, to, relation, Json.EMPTY, null, null);
    }

    default Edge tell(AgentKey agent, NodeId from, NodeId to, String relation) {
        return tell(agent, Findings.UNSCANNED, draft(from, to, relation));
    }

    /** As memory finds it. */
    default NewEdge foundEdge(AgentKey agent, EdgeDraft draft) {
        Edge edge = new Edge(
                new EdgeId(IDS.next()),
                agent.agent(),
                draft.from(),
                draft.to(),
                draft.relation(),
                draft.properties(),
                draft.validFrom(),
                draft.validTo(),
                true,
                NOW,
                Findings.UNSCANNED);
        return new NewEdge(agent, edge, outcome -> audit(agent, AuditAction.EDGES_ADDED, Map.of()));
    }

    default Edge found(AgentKey agent, NodeId from, NodeId to, String relation) {
        return storage()
                .appender()
                .addEdge(foundEdge(agent, draft(from, to, relation)))
                .edge();
    }

    /** Newest first, at most 200. */
    default List<Edge> edges(AgentKey agent) {
        return storage().edges().page(agent, ALL_EDGES).items();
    }
}
