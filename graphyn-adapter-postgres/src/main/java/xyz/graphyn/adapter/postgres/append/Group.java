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
 * commit included; changing or removing a node, and all that is done to an edge, takes trips of its own
 * between them.
 */
final class Group {
    private static final String ADVANCE = """
            UPDATE agent_head SET event_seq = advanced.seq, rules_version = advanced.rules,
                memory_version = advanced.version, nodes = advanced.nodes, node_tokens = advanced.tokens,
                processed_seq = advanced.processed, set_aside = advanced.aside, behind = advanced.behind,
                uncounted = advanced.uncounted, embedded_by = advanced.embedded_by, edges = advanced.edges,
                linked_version = advanced.linked
            FROM unnest(:organizations::uuid[], :agents::uuid[], :heads::bigint[], :rules::bigint[],
                :versions::bigint[], :nodes::bigint[], :tokens::bigint[], :processed::bigint[], :aside::bigint[],
                :behind::boolean[], :uncounted::boolean[], :embeddedBy::text[], :edges::bigint[], :linked::bigint[])
                AS advanced (organization_id, agent_id, seq, rules, version, nodes, tokens, processed, aside, behind,
                    uncounted, embedded_by, edges, linked)
            WHERE agent_head.organization_id = advanced.organization_id AND agent_head.agent_id = advanced.agent_id;

            """ + AuditRows.INSERT;

    /** For rules other than the head's latest: rare, so that it is no part of what every group does. */
    private static final String NOTE = """
            ;
            INSERT INTO agent_rules AS noted (organization_id, agent_id, rules_version, event_seq)
            SELECT * FROM unnest(:notedOrganizations::uuid[], :notedAgents::uuid[], :notedRules::bigint[],
                :notedAfter::bigint[])
            ON CONFLICT (organization_id, agent_id, rules_version) DO UPDATE
            SET notes = noted.notes + 1, node_id = NULL, edge_id = NULL""";

    /** Where the backlog says something else: rare too, since an agent that is behind already stays so. */
    private static final String BACKLOG = """
            ;
            INSERT INTO memory_backlog (organization_id, agent_id, behind, embedded_by)
            SELECT * FROM unnest(:newsOrganizations::uuid[], :newsAgents::uuid[], :newsBehind::boolean[],
                :newsEmbeddedBy::text[])
            ON CONFLICT (organization_id, agent_id) DO UPDATE
            SET behind = excluded.behind, embedded_by = excluded.embedded_by""";

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
     * @param unembedded agents of which nodes were written that have no embedding
     */
    record Result(List<Outcome> outcomes, List<EventRun> runs, List<AgentKey> unembedded) {}

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
                advanced.stream().map(AgentHead::run).filter(Objects::nonNull).toList(),
                advanced.stream()
                        .filter(head -> head.memory().leftUnembedded())
                        .map(AgentHead::agent)
                        .toList());
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
            case Deed.AddEdge(var told) -> {
                writeMemory(head);
                yield EdgeDeeds.add(sql, head, told);
            }
            case Deed.ChangeEdge(var change) -> EdgeDeeds.change(sql, head, change);
            case Deed.RemoveEdge remove -> EdgeDeeds.remove(sql, head, remove);
            case Deed.Remember(var step) -> head.remember(step);
            case Deed.Retry(var retry) -> {
                writeMemory(head);
                yield MemoryDeeds.retry(sql, head, retry);
            }
            case Deed.Enrich(var enrichment) -> {
                writeMemory(head);
                yield MemoryDeeds.enrich(sql, head, enrichment);
            }
            case Deed.Link(var links) -> {
                writeMemory(head);
                yield LinkRows.link(sql, head, links);
            }
        };
    }

    private Outcome change(AgentHead head, NodeChange change) {
        writeMemory(head);
        Optional<Node> present = NodeRewrite.find(sql, change.agent(), change.node());
        Optional<Node> changed;
        try {
            changed = present.map(change.edit())
                    .map(node -> Successors.checked(sql, change.agent(), present.get(), node));
            if (changed.isPresent() && !changed.equals(present)) {
                head.changed(changed.get(), change.audit());
            }
        } catch (RuntimeException | Error why) {
            return new Outcome.Failed(why);
        }
        if (changed.isPresent() && !changed.equals(present)) {
            NodeRewrite.write(sql, head, present.get(), changed.get());
        }
        return new Outcome.Done(changed);
    }

    private Outcome remove(AgentHead head, Deed.RemoveNode deed) {
        writeMemory(head);
        Optional<Node> present = NodeRewrite.find(sql, deed.agent(), deed.node());
        if (present.isPresent()) {
            try {
                head.audited(deed.audit());
            } catch (RuntimeException why) {
                return new Outcome.Failed(why);
            }
            NodeRewrite.remove(sql, head, present.get());
            head.forgets(present.get().externalId());
        }
        return new Outcome.Done(present.isPresent());
    }

    /** So that what looks at what is there finds what was added before it. */
    private void writeMemory(AgentHead head) {
        NewNodes nodes = new NewNodes(List.of(head));
        if (!nodes.isEmpty()) {
            nodes.bind(sql.update(nodes.text())).execute();
            head.memory().unwritten().clear();
        }
        NewSetAside aside = new NewSetAside(List.of(head));
        if (!aside.isEmpty()) {
            aside.bind(sql.update(NewSetAside.INSERT)).execute();
            head.memory().unwrittenSetAside().clear();
        }
    }

    private void write(List<AgentHead> advanced) {
        NewEvents events = new NewEvents(advanced);
        NewNodes nodes = new NewNodes(advanced);
        NewSetAside aside = new NewSetAside(advanced);
        List<AgentHead> news = advanced.stream()
                .filter(head -> head.memory().isNews(head.seq()))
                .toList();
        List<Note> notes = advanced.stream()
                .flatMap(head -> head.noted().stream().map(rules -> new Note(head, rules)))
                .toList();
        advanced.forEach(AgentHead::takeNote);
        Update update = sql.committing((events.isEmpty() ? "" : NewEvents.INSERT + ";\n")
                + (nodes.isEmpty() ? "" : nodes.text() + ";\n")
                + (aside.isEmpty() ? "" : NewSetAside.INSERT + ";\n")
                + ADVANCE
                + (notes.isEmpty() ? "" : NOTE)
                + (news.isEmpty() ? "" : BACKLOG));
        if (!events.isEmpty()) {
            events.bind(update);
        }
        if (!nodes.isEmpty()) {
            nodes.bind(update);
        }
        if (!aside.isEmpty()) {
            aside.bind(update);
        }
        Columns.of(update, advanced)
                .uuids("organizations", head -> head.agent().organization().value())
                .uuids("agents", head -> head.agent().agent().value())
                .numbers("heads", AgentHead::seq)
                .numbers("rules", AgentHead::rules)
                .numbers("versions", head -> head.memory().version())
                .numbers("nodes", head -> head.memory().nodes())
                .numbers("tokens", head -> head.memory().tokens())
                .numbers("edges", head -> head.memory().edges())
                .numbers("processed", head -> head.memory().processedSeq())
                .numbers("aside", head -> head.memory().setAside())
                .truths("behind", head -> head.memory().isBehind(head.seq()))
                .truths("uncounted", head -> head.memory().isUncounted())
                .numbers("linked", head -> head.memory().linkedVersion())
                .texts("embeddedBy", head -> head.memory().embeddedBy().orElse(null));
        if (!news.isEmpty()) {
            Columns.of(update, news)
                    .uuids(
                            "newsOrganizations",
                            head -> head.agent().organization().value())
                    .uuids("newsAgents", head -> head.agent().agent().value())
                    .truths("newsBehind", head -> head.memory().isBehind(head.seq()))
                    .texts("newsEmbeddedBy", head -> head.memory().embeddedBy().orElse(null));
        }
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
