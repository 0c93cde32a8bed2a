package xyz.graphyn.adapter.postgres.append;

import java.util.List;
import java.util.Optional;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.Visibility;
import xyz.graphyn.application.append.AddedNode;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.append.EventBatch;
import xyz.graphyn.application.append.NodeBatch;
import xyz.graphyn.application.append.NodeChange;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;

/** One transaction for each call. */
public final class PostgresAppender implements Appender {
    private final TenantDatabase database;

    public PostgresAppender(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public List<RecordedEvent> recordEvents(EventBatch batch) {
        return database.alone(Visibility.of(batch.agent().organization()), sql -> EventAppend.record(sql, batch));
    }

    @Override
    public List<AddedNode> addNodes(NodeBatch batch) {
        return database.alone(Visibility.of(batch.agent().organization()), sql -> NodeAppend.add(sql, batch));
    }

    @Override
    public Optional<Node> changeNode(NodeChange change) {
        return database.alone(Visibility.of(change.agent().organization()), sql -> NodeRewrite.change(sql, change));
    }

    @Override
    public boolean removeNode(AgentKey agent, NodeId node, AuditEntry audit) {
        return database.alone(Visibility.of(agent.organization()), sql -> NodeRewrite.remove(sql, agent, node, audit));
    }
}
