package xyz.graphyn.adapter.postgres.append;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.RememberedNode;
import xyz.graphyn.domain.memory.SetAside;

/**
 * How far one agent's memory is, in a transaction that has locked its head: what the head said, what the deeds of the group
 * make of it, and what of that is still to be written.
 */
final class MemoryHead {
    /** What the head's row says of memory, beside {@code event_seq}. */
    static final String COLUMNS = """
            head.memory_version, head.nodes, head.node_tokens, head.processed_seq, head.set_aside, head.behind,
                head.uncounted, head.embedded_by, head.edges, head.linked_version""";

    private final boolean wasBehind;
    private final @Nullable String wasEmbeddedBy;
    private final Set<EventId> knownSources = new HashSet<>();
    private final List<Unwritten> unwritten = new ArrayList<>();
    private final List<SetAside> unwrittenSetAside = new ArrayList<>();
    private long version;
    private long nodes;
    private long tokens;
    private long edges;
    private long processedSeq;
    private long setAside;
    private long linkedVersion;
    private boolean uncounted;
    private @Nullable String embeddedBy;
    private boolean leftUnembedded;
    private boolean touched;

    /** A node that is still to be inserted. */
    record Unwritten(Node node, long version, @Nullable Embedding embedding) {}

    private MemoryHead(boolean wasBehind, @Nullable String wasEmbeddedBy) {
        this.wasBehind = wasBehind;
        this.wasEmbeddedBy = wasEmbeddedBy;
        embeddedBy = wasEmbeddedBy;
    }

    /** From {@link #COLUMNS}. */
    static MemoryHead of(ResultSet row) throws SQLException {
        MemoryHead head = new MemoryHead(row.getBoolean("behind"), row.getString("embedded_by"));
        head.version = row.getLong("memory_version");
        head.nodes = row.getLong("nodes");
        head.tokens = row.getLong("node_tokens");
        head.edges = row.getLong("edges");
        head.processedSeq = row.getLong("processed_seq");
        head.setAside = row.getLong("set_aside");
        head.linkedVersion = row.getLong("linked_version");
        head.uncounted = row.getBoolean("uncounted");
        return head;
    }

    /** Of an agent that was removed. */
    static MemoryHead none() {
        return new MemoryHead(false, null);
    }

    void knows(EventId source) {
        knownSources.add(source);
    }

    /** Whether the group leaves another head than it found. */
    boolean isTouched() {
        return touched;
    }

    List<Unwritten> unwritten() {
        return unwritten;
    }

    List<SetAside> unwrittenSetAside() {
        return unwrittenSetAside;
    }

    /** The version of the next change of a node or an edge. */
    long next() {
        touched = true;
        return ++version;
    }

    void add(Node node) {
        add(node, null);
    }

    private void add(Node node, @Nullable Embedding embedding) {
        unwritten.add(new Unwritten(node, next(), embedding));
        nodes++;
        tokens += node.tokens();
        String model = embedding == null ? "" : embedding.model();
        embeddedBy = embeddedBy == null || embeddedBy.equals(model) ? model : "";
        leftUnembedded |= embedding == null;
    }

    /** @return whether the agent has none of its source yet */
    boolean addIfNew(RememberedNode remembered) {
        Node node = remembered.node();
        if (node.source() != null && !knownSources.add(node.source().event())) {
            return false;
        }
        add(node, remembered.embedding().orElse(null));
        return true;
    }

    /** A node that was there has other tokens now, or is gone. */
    void count(long moreNodes, long moreTokens) {
        nodes += moreNodes;
        tokens += moreTokens;
    }

    /** A node that was there has lost its embedding. */
    void unembedded() {
        embeddedBy = "";
        leftUnembedded = true;
    }

    /** Nothing is left of what the release before did not count. */
    void allCounted() {
        touched |= uncounted;
        uncounted = false;
    }

    /** Every node has an embedding of the model. */
    void allEmbeddedBy(String model) {
        touched |= !model.equals(embeddedBy);
        embeddedBy = model;
    }

    /** So many edges are there beside those that were, or fewer. */
    void countEdges(long more) {
        edges += more;
        touched |= more != 0;
    }

    long edges() {
        return edges;
    }

    long linkedVersion() {
        return linkedVersion;
    }

    void linkedUpTo(long linked) {
        linkedVersion = linked;
        touched = true;
    }

    long processedSeq() {
        return processedSeq;
    }

    void processedUpTo(long seq) {
        processedSeq = seq;
        touched = true;
    }

    void setAside(List<SetAside> failed) {
        unwrittenSetAside.addAll(failed);
        setAside += failed.size();
    }

    /** So many of those that were set aside are not any more. */
    void takenIn(int count) {
        setAside -= count;
        touched |= count > 0;
    }

    /** Whether nodes were written that have no embedding, or none any more. */
    boolean leftUnembedded() {
        return leftUnembedded;
    }

    long version() {
        return version;
    }

    long nodes() {
        return nodes;
    }

    long tokens() {
        return tokens;
    }

    long setAside() {
        return setAside;
    }

    boolean isUncounted() {
        return uncounted;
    }

    Optional<String> embeddedBy() {
        return Optional.ofNullable(embeddedBy);
    }

    boolean isBehind(long eventSeq) {
        return processedSeq < eventSeq || uncounted || linkedVersion < version;
    }

    /** Whether the backlog says something else than is true now. */
    boolean isNews(long eventSeq) {
        return isBehind(eventSeq) != wasBehind || !Objects.equals(embeddedBy, wasEmbeddedBy);
    }
}
