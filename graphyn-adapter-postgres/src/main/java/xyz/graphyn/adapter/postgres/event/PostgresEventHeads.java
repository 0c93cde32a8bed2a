package xyz.graphyn.adapter.postgres.event;

import java.util.AbstractMap.SimpleEntry;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.Visibility;
import xyz.graphyn.application.event.EventHeads;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;

/** Heads in {@code agent_head}. */
public final class PostgresEventHeads implements EventHeads {
    private final TenantDatabase database;

    public PostgresEventHeads(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public Heads read(Collection<AgentKey> agents) {
        Visibility visibility =
                Visibility.of(agents.stream().map(AgentKey::organization).collect(Collectors.toUnmodifiableSet()));
        Map<AgentKey, Long> seqs = database.apart(
                visibility,
                sql -> sql
                        .query("""
                        SELECT head.organization_id, head.agent_id, head.event_seq
                        FROM unnest(:organizations::uuid[], :agents::uuid[]) AS watched (organization_id, agent_id)
                            JOIN agent_head head USING (organization_id, agent_id)""")
                        .bindArray(
                                "organizations",
                                UUID.class,
                                agents.stream()
                                        .map(agent -> agent.organization().value())
                                        .toList())
                        .bindArray(
                                "agents",
                                UUID.class,
                                agents.stream()
                                        .map(agent -> agent.agent().value())
                                        .toList())
                        .map((row, context) -> new SimpleEntry<>(
                                new AgentKey(
                                        new OrganizationId(row.getObject("organization_id", UUID.class)),
                                        new AgentId(row.getObject("agent_id", UUID.class))),
                                row.getLong("event_seq")))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, same) -> one)));
        return new Heads("1", seqs);
    }
}
