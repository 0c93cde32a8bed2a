package xyz.graphyn.adapter.postgres.append;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
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

/** One transaction for each call, one call at a time for each agent. */
public final class PostgresAppender implements Appender {
    private final TenantDatabase database;
    private final Lanes lanes = new Lanes();

    public PostgresAppender(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public List<RecordedEvent> recordEvents(EventBatch batch) {
        return append(batch.agent(), sql -> EventAppend.record(sql, batch));
    }

    @Override
    public List<AddedNode> addNodes(NodeBatch batch) {
        return append(batch.agent(), sql -> NodeAppend.add(sql, batch));
    }

    @Override
    public Optional<Node> changeNode(NodeChange change) {
        return append(change.agent(), sql -> NodeRewrite.change(sql, change));
    }

    @Override
    public boolean removeNode(AgentKey agent, NodeId node, AuditEntry audit) {
        return append(agent, sql -> NodeRewrite.remove(sql, agent, node, audit));
    }

    private <T> T append(AgentKey agent, Function<TenantSql, T> work) {
        return lanes.inTurn(agent, () -> database.alone(Visibility.of(agent.organization()), work));
    }
}
