package xyz.graphyn.adapter.postgres.append;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import xyz.graphyn.adapter.postgres.gathering.Gathering;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.application.append.AddedEdge;
import xyz.graphyn.application.append.AddedNode;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.append.EdgeChange;
import xyz.graphyn.application.append.EventBatch;
import xyz.graphyn.application.append.MemoryEnrichment;
import xyz.graphyn.application.append.MemoryLinks;
import xyz.graphyn.application.append.MemoryRetry;
import xyz.graphyn.application.append.MemoryStep;
import xyz.graphyn.application.append.NewEdge;
import xyz.graphyn.application.append.NodeBatch;
import xyz.graphyn.application.append.NodeChange;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.application.event.CommitListener;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;

/**
 * Gathers the calls that wait, and commits them together. An agent's calls go through one of a few lanes, always the same
 * one.
 */
public final class PostgresAppender implements Appender, AutoCloseable {
    /** One prepares a group while the other's is flushed to disk. More make more and smaller groups: see ADR 13. */
    private static final int MOST_LANES = 2;

    /** Of all lanes together: what waits is in memory, beside the requests that it came with. */
    private static final long QUEUED_SIZE = 64L << 20;

    /** More than connections that a server serves at once, and done in some tens of milliseconds. */
    private static final int QUEUED_DEEDS = 8_192;

    private static final int GROUP_ROWS = 2_000;
    private static final long GROUP_SIZE = 4L << 20;

    private final TenantDatabase database;
    private final List<Lane> lanes;

    /**
     * @param poolSize connections that the database is reached by: the lanes leave at least half of them to others, if there
     *     is more than one
     */
    public PostgresAppender(TenantDatabase database, CommitListener listener, int poolSize) {
        this.database = database;
        GroupCommit commit = new GroupCommit(database, listener);
        int count = Math.clamp(poolSize / 2, 1, MOST_LANES);
        Gathering.Limits limits =
                new Gathering.Limits(QUEUED_DEEDS / count, QUEUED_SIZE / count, GROUP_ROWS, GROUP_SIZE);
        lanes = IntStream.range(0, count)
                .mapToObj(i -> new Lane("graphyn-append-" + i, limits, commit::run))
                .toList();
    }

    @Override
    public List<RecordedEvent> recordEvents(EventBatch batch) {
        return append(new Deed.RecordEvents(batch));
    }

    @Override
    public List<AddedNode> addNodes(NodeBatch batch) {
        return append(new Deed.AddNodes(batch));
    }

    @Override
    public Optional<Node> changeNode(NodeChange change) {
        return append(new Deed.ChangeNode(change));
    }

    @Override
    public boolean removeNode(AgentKey agent, NodeId node, AuditEntry audit) {
        return append(new Deed.RemoveNode(agent, node, audit));
    }

    @Override
    public AddedEdge addEdge(NewEdge edge) {
        return append(new Deed.AddEdge(edge));
    }

    @Override
    public Optional<Edge> changeEdge(EdgeChange change) {
        return append(new Deed.ChangeEdge(change));
    }

    @Override
    public boolean removeEdge(AgentKey agent, EdgeId edge, AuditEntry audit) {
        return append(new Deed.RemoveEdge(agent, edge, audit));
    }

    @Override
    public boolean remember(MemoryStep step) {
        return append(new Deed.Remember(step));
    }

    @Override
    public void retry(MemoryRetry retry) {
        append(new Deed.Retry(retry));
    }

    @Override
    public void enrich(MemoryEnrichment enrichment) {
        append(new Deed.Enrich(enrichment));
    }

    @Override
    public boolean link(MemoryLinks links) {
        return append(new Deed.Link(links));
    }

    private <T> T append(Deed<T> deed) {
        database.requireNoUnit();
        return lanes.get(Math.floorMod(deed.agent().hashCode(), lanes.size())).take(deed);
    }

    /** Refuses what waits, and lets end what is under way. */
    @Override
    public void close() {
        lanes.forEach(Lane::close);
    }
}
