package xyz.graphyn.adapter.postgres.append;

import static xyz.graphyn.adapter.postgres.transaction.PostgresDialect.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.postgres.append.Deed.Outcome;
import xyz.graphyn.adapter.postgres.transaction.Columns;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.application.append.MemoryLinks;
import xyz.graphyn.application.append.MemoryLinks.Linked;
import xyz.graphyn.application.append.MemoryLinks.Similar;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.FoundRelations;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.NodeKey;

/**
 * Links under the lock on the agent's head, where nothing else changes: what is next, what names the same and what holds is read
 * from the tables as they are, so that it does not matter in which order nodes came, or how often they are linked.
 */
final class LinkRows {
    private final TenantSql sql;
    private final AgentHead head;
    private final MemoryLinks links;

    private LinkRows(TenantSql sql, AgentHead head, MemoryLinks links) {
        this.sql = sql;
        this.head = head;
        this.links = links;
    }

    private record Key(NodeId node, NodeKey key) {}

    /** Where an edge leads from and to, which is found once. */
    private record Place(String relation, UUID from, UUID to) {}

    /** @param rules by which what it says was masked; null for those of the node that it leads from */
    private record Wanted(
            Place place, String properties, @Nullable Long rules) {}

    /** @param shown whether nothing in it is hidden */
    private record Present(UUID edge, Place place, String properties, long rules, boolean shown) {
        /** What other rules have masked is made anew: names are hidden until then. */
        boolean isStill(@Nullable Wanted wanted) {
            return wanted != null
                    && shown
                    && wanted.properties().equals(properties)
                    && (wanted.rules() == null || wanted.rules() == rules);
        }
    }

    private record Source(UUID from, String relation) {}

    private record Mark(
            UUID node, @Nullable UUID newer, @Nullable Instant at, boolean told) {}

    /** What the head has to write must have been written. */
    static Outcome link(TenantSql sql, AgentHead head, MemoryLinks links) {
        MemoryHead memory = head.memory();
        if (memory.linkedVersion() != links.after() || links.upTo() > memory.version()) {
            return new Outcome.Done(false);
        }
        boolean alone = memory.version() == links.upTo();
        if (!links.nodes().isEmpty()) {
            new LinkRows(sql, head, links).write();
        }
        // What it has changed itself needs no linking: all of it was looked at.
        memory.linkedUpTo(alone ? memory.version() : links.upTo());
        return new Outcome.Done(true);
    }

    private void write() {
        List<UUID> nodes =
                links.nodes().stream().map(linked -> linked.node().value()).toList();
        writeKeys(nodes);
        Set<UUID> maySucceed = new HashSet<>(nodes);
        maySucceed.addAll(writeEdges(nodes));
        mark(maySucceed);
    }

    private void writeKeys(List<UUID> nodes) {
        List<Key> keys = links.nodes().stream()
                .flatMap(linked -> linked.keys().stream().map(key -> new Key(linked.node(), key)))
                .toList();
        Update update = named(sql.update(LinkSql.WRITE_KEYS), links.agent()).bind("upTo", links.upTo());
        Columns.of(update, nodes).uuids("nodes", node -> node);
        Columns.of(update, keys)
                .uuids("keyNodes", key -> key.node().value())
                .texts("keys", key -> key.key().key())
                .texts("keyNames", key -> key.key().name());
        update.execute();
    }

    /** @return nodes that were said once more, or not any more */
    private Set<UUID> writeEdges(List<UUID> nodes) {
        Map<Place, Wanted> wanted = new LinkedHashMap<>();
        Set<Source> sources = new HashSet<>();
        read(LinkSql.NEXT, FoundRelations.NEXT, nodes, wanted, sources);
        read(LinkSql.MENTIONS, FoundRelations.MENTIONS, nodes, wanted, sources);
        for (Linked linked : links.nodes()) {
            UUID from = linked.node().value();
            sources.add(new Source(from, FoundRelations.SIMILAR));
            for (Similar similar : linked.similar()) {
                Place place =
                        new Place(FoundRelations.SIMILAR, from, similar.older().value());
                wanted.put(
                        place,
                        new Wanted(
                                place,
                                FoundRelations.similar(similar.score(), similar.same())
                                        .text(),
                                null));
            }
        }
        List<Present> gone = new ArrayList<>();
        Set<UUID> same = new HashSet<>();
        for (Present present : present(sources)) {
            if (present.isStill(wanted.get(present.place()))) {
                wanted.remove(present.place());
            } else {
                gone.add(present);
            }
            noteSame(same, present.place());
        }
        wanted.keySet().forEach(place -> noteSame(same, place));
        delete(gone);
        insert(List.copyOf(wanted.values()));
        return same;
    }

    private static void noteSame(Set<UUID> same, Place place) {
        if (place.relation().equals(FoundRelations.SIMILAR)) {
            same.add(place.to());
        }
    }

    private void read(String text, String relation, List<UUID> nodes, Map<Place, Wanted> wanted, Set<Source> sources) {
        Query query = named(sql.query(text), links.agent());
        Columns.of(query, nodes).uuids("nodes", node -> node);
        query.map((row, context) -> {
                    UUID from = row.getObject("from_node", UUID.class);
                    UUID to = row.getObject("to_node", UUID.class);
                    sources.add(new Source(from, relation));
                    if (to != null) {
                        Place place = new Place(relation, from, to);
                        wanted.put(place, new Wanted(place, properties(row), row.getLong("rules_version")));
                    }
                    return true;
                })
                .list();
    }

    private static String properties(ResultSet row) throws SQLException {
        var names = row.getArray("names");
        return names == null
                ? "{}"
                : FoundRelations.mentions(List.of((String[]) names.getArray())).text();
    }

    private List<Present> present(Set<Source> sources) {
        Query query = named(sql.query(LinkSql.PRESENT), links.agent());
        Columns.of(query, sources).uuids("from", Source::from).texts("relations", Source::relation);
        return query.map((row, context) -> new Present(
                        row.getObject("edge_id", UUID.class),
                        new Place(
                                row.getString("relation"),
                                row.getObject("from_node", UUID.class),
                                row.getObject("to_node", UUID.class)),
                        row.getString("properties"),
                        row.getLong("rules_version"),
                        row.getBoolean("shown")))
                .list();
    }

    private void delete(List<Present> gone) {
        if (!gone.isEmpty()) {
            Query query = named(sql.query(LinkSql.DELETE), links.agent());
            Columns.of(query, gone).uuids("edges", Present::edge);
            head.memory().countEdges(-query.mapTo(Long.class).one());
        }
    }

    private void insert(List<Wanted> wanted) {
        if (!wanted.isEmpty()) {
            Query query = named(sql.query(LinkSql.INSERT), links.agent()).bind("at", links.at());
            Columns.of(query, wanted)
                    .uuids("edges", edge -> links.ids().get().value())
                    .uuids("from", edge -> edge.place().from())
                    .uuids("to", edge -> edge.place().to())
                    .texts("relations", edge -> edge.place().relation())
                    .texts("properties", Wanted::properties)
                    .numbers("rules", Wanted::rules);
            head.memory().countEdges(query.mapTo(Long.class).one());
        }
    }

    private void mark(Set<UUID> nodes) {
        Query query = named(sql.query(LinkSql.SUCCESSORS), links.agent());
        Columns.of(query, nodes).uuids("nodes", node -> node);
        List<Mark> news = query.map((row, context) -> news(row)).list().stream()
                .filter(Objects::nonNull)
                .toList();
        if (news.isEmpty()) {
            return;
        }
        if (!Successors.areTold(sql, links.agent())) {
            mark(sql, head, news);
            return;
        }
        for (Mark mark : news) {
            // What somebody told may lead backwards in time, and then two nodes would hide each other.
            boolean circular = mark.newer() != null
                    && Successors.leadsBack(sql, links.agent(), new NodeId(mark.newer()), new NodeId(mark.node()));
            if (!circular) {
                mark(sql, head, List.of(mark));
            }
        }
    }

    /** What is to be written of the node, if anything. */
    private static @Nullable Mark news(ResultSet row) throws SQLException {
        UUID present = row.getObject("superseded_by", UUID.class);
        Instant presentAt = present == null ? null : instant(row, "superseded_at");
        boolean told = row.getBoolean("superseded_told");
        if (told && present == null) {
            return null;
        }
        UUID newer = told ? present : row.getObject("newer", UUID.class);
        String column = told ? "told_at" : "newer_at";
        Instant at = newer == null ? null : instant(row, column);
        return Objects.equals(present, newer) && Objects.equals(presentAt, at)
                ? null
                : new Mark(row.getObject("node_id", UUID.class), newer, at, told);
    }

    private static void mark(TenantSql sql, AgentHead head, List<Mark> marks) {
        if (marks.isEmpty()) {
            return;
        }
        Update update = named(sql.update(LinkSql.MARK), head.agent());
        Columns.of(update, marks)
                .uuids("nodes", Mark::node)
                .uuids("newer", Mark::newer)
                .texts("times", mark -> mark.at() == null ? null : mark.at().toString())
                .truths("told", Mark::told)
                .numbers("versions", mark -> head.memory().next());
        update.execute();
    }

    /** A node is about to be removed: what leads to it is linked anew, and where it held, nothing holds for now. */
    static void removed(TenantSql sql, AgentHead head, NodeId node) {
        List<Mark> left = named(sql.query(LinkSql.LEFT_BEHIND), head.agent())
                .bind("node", node.value())
                .map((row, context) -> {
                    UUID by = row.getObject("superseded_by", UUID.class);
                    boolean freed = node.value().equals(by);
                    return new Mark(
                            row.getObject("node_id", UUID.class),
                            freed ? null : by,
                            freed || by == null ? null : instant(row, "superseded_at"),
                            !freed && row.getBoolean("superseded_told"));
                })
                .list();
        mark(sql, head, left);
    }

    private static <S extends SqlStatement<S>> S named(S statement, AgentKey agent) {
        return statement
                .bind("organization", agent.organization().value())
                .bind("agent", agent.agent().value());
    }
}
