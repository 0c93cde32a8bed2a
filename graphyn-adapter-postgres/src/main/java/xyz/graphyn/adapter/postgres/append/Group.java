package xyz.graphyn.adapter.postgres.append;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.statement.Update;
import xyz.graphyn.adapter.postgres.append.Deed.Outcome;
import xyz.graphyn.adapter.postgres.audit.AuditRows;
import xyz.graphyn.adapter.postgres.transaction.Columns;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.append.NodeChange;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.memory.Node;

/**
 * Deeds that are committed together: take the heads and what is known, number what is new, write it all. Two trips, the
 * commit included; changing or removing a node takes trips of its own between them.
 */
final class Group {
    private static final String ADVANCE = """
            UPDATE agent_head SET event_seq = advanced.seq, memory_version = memory_version + advanced.changes,
                rules_version = advanced.rules
            FROM unnest(:organizations::uuid[], :agents::uuid[], :heads::bigint[], :changes::bigint[],
                :rules::bigint[]) AS advanced (organization_id, agent_id, seq, changes, rules)
            WHERE agent_head.organization_id = advanced.organization_id AND agent_head.agent_id = advanced.agent_id;

            """ + AuditRows.INSERT;

    /** For rules other than the head's latest: rare, so that it is no part of what every group does. */
    private static final String NOTE = """
            ;
            INSERT INTO agent_rules AS noted (organization_id, agent_id, rules_version, event_seq)
            SELECT * FROM unnest(:notedOrganizations::uuid[], :notedAgents::uuid[], :notedRules::bigint[],
                :notedAfter::bigint[])
            ON CONFLICT (organization_id, agent_id, rules_version) DO UPDATE SET notes = noted.notes + 1, node_id = NULL""";

    private record Note(AgentHead head, long rules) {
        AgentKey agent() {
            return head.agent();
        }
    }

    private final TenantSql sql;
    private final Map<AgentKey, AgentHead> heads;

    private Group(TenantSql sql, Collection<? extends Deed<?>> deeds) {
        this.sql = sql;
        heads = Heads.lock(sql, deeds);
    }

    /**
     * @param outcomes one for each deed, in their order
     * @param runs the events that were recorded, one run for each agent that has some
     */
    record Result(List<Outcome> outcomes, List<EventRun> runs) {}

    /** Does them in their order, and commits if anything changed. */
    static Result commit(TenantSql sql, Collection<? extends Deed<?>> deeds) {
        Group group = new Group(sql, deeds);
        List<Outcome> outcomes = new ArrayList<>(deeds.size());
        for (Deed<?> deed : deeds) {
            outcomes.add(group.outcome(deed));
        }
        List<AgentHead> advanced =
                group.heads.values().stream().filter(AgentHead::isAdvanced).toList();
        if (!advanced.isEmpty()) {
            group.write(advanced);
        }
        return new Result(
                outcomes,
                advanced.stream().map(AgentHead::run).filter(Objects::nonNull).toList());
    }

    private Outcome outcome(Deed<?> deed) {
        AgentHead head = heads.get(deed.agent());
        if (head == null) {
            return new Outcome.Failed(new Refusal.NotFound("agent"));
        }
        return switch (deed) {
            case Deed.RecordEvents(var batch) -> head.record(batch);
            case Deed.AddNodes(var batch) -> head.add(batch);
            case Deed.ChangeNode(var change) -> change(head, change);
            case Deed.RemoveNode remove -> remove(head, remove);
        };
    }

    private Outcome change(AgentHead head, NodeChange change) {
        writeNodes(head);
        Optional<Node> present = NodeRewrite.find(sql, change.agent(), change.node());
        Optional<Node> changed;
        try {
            changed = present.map(change.edit());
            if (changed.isPresent() && !changed.equals(present)) {
                head.changed(changed.get(), change.audit());
            }
        } catch (RuntimeException | Error why) {
            return new Outcome.Failed(why);
        }
        if (changed.isPresent() && !changed.equals(present)) {
            NodeRewrite.write(sql, change.agent(), changed.get());
        }
        return new Outcome.Done(changed);
    }

    private Outcome remove(AgentHead head, Deed.RemoveNode deed) {
        writeNodes(head);
        Optional<Node> present = NodeRewrite.find(sql, deed.agent(), deed.node());
        if (present.isPresent()) {
            try {
                head.changed(deed.audit());
            } catch (RuntimeException why) {
                return new Outcome.Failed(why);
            }
            NodeRewrite.remove(sql, deed.agent(), deed.node());
            head.forgets(present.get().externalId());
        }
        return new Outcome.Done(present.isPresent());
    }

    /** So that what changes a node finds those that were added before it. */
    private void writeNodes(AgentHead head) {
        if (!head.unwritten().isEmpty()) {
            NewNodes nodes = new NewNodes(List.of(head));
            nodes.bind(sql.update(NewNodes.INSERT)).execute();
            head.unwritten().clear();
        }
    }

    private void write(List<AgentHead> advanced) {
        NewEvents events = new NewEvents(advanced);
        NewNodes nodes = new NewNodes(advanced);
        List<Note> notes = advanced.stream()
                .flatMap(head -> head.noted().stream().map(rules -> new Note(head, rules)))
                .toList();
        advanced.forEach(AgentHead::takeNote);
        Update update = sql.committing((events.isEmpty() ? "" : NewEvents.INSERT + ";\n")
                + (nodes.isEmpty() ? "" : NewNodes.INSERT + ";\n")
                + ADVANCE
                + (notes.isEmpty() ? "" : NOTE));
        if (!events.isEmpty()) {
            events.bind(update);
        }
        if (!nodes.isEmpty()) {
            nodes.bind(update);
        }
        Columns.of(update, advanced)
                .uuids("organizations", head -> head.agent().organization().value())
                .uuids("agents", head -> head.agent().agent().value())
                .numbers("heads", AgentHead::seq)
                .numbers("changes", AgentHead::changes)
                .numbers("rules", AgentHead::rules);
        if (!notes.isEmpty()) {
            Columns.of(update, notes)
                    .uuids(
                            "notedOrganizations",
                            note -> note.agent().organization().value())
                    .uuids("notedAgents", note -> note.agent().agent().value())
                    .numbers("notedRules", Note::rules)
                    .numbers("notedAfter", note -> note.head().seqBefore());
        }
        List<AuditEntry> audit =
                advanced.stream().flatMap(head -> head.audit().stream()).toList();
        AuditRows.bind(update, audit).execute();
    }
}
