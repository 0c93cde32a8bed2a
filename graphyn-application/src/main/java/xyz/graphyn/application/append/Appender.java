package xyz.graphyn.application.append;

import java.util.List;
import java.util.Optional;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.FoundRelations;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.NodeKey;
import xyz.graphyn.domain.validation.Invalid;

/**
 * The one ordered appender of events and memory.
 *
 * <p>Each call is a unit of its own: all of it or nothing, durable when it returns. It never joins a unit of work, and fails
 * with {@link IllegalStateException} inside one, because it may commit together with calls of others. Calls for one agent
 * take effect one after another, on however many servers; calls for different agents don't wait for each other longer than
 * a commit takes, and can't deadlock. The audit entry of a call is written in its transaction, and only if the call changed
 * something.
 *
 * <p>Every method throws {@link Refusal.NotFound} if the agent does not exist or was removed, and
 * {@link Refusal.Unavailable} if nothing can be appended for now; then nothing was changed.
 */
public interface Appender {
    /**
     * Records events in their order, at the end of the agent's log.
     *
     * <p>An event whose {@code externalId} the agent has already, from an earlier call or from earlier in the same batch, is
     * not recorded again: the first one is answered. The others get the next numbers: {@code seq} goes up by one from event
     * to event, starts at 1, and has no gap once assigned. The order of {@code seq} is the order of commit: whoever reads an
     * event can read all before it.
     *
     * @return one for each event of the batch, in its order
     */
    List<RecordedEvent> recordEvents(EventBatch batch);

    /**
     * Adds nodes to the agent's memory. A node whose {@code externalId} the agent has already, from an earlier call or from
     * earlier in the same batch, is not added again: the first one is answered, unchanged.
     *
     * @return one for each node of the batch, in its order
     */
    List<AddedNode> addNodes(NodeBatch batch);

    /**
     * Changes one node. Concurrent changes follow each other, and each starts from the outcome of the one before.
     *
     * @throws Invalid if the change names a node to hold in its place that the agent does not have ({@code unknown-node}), or in
     *     whose place it holds itself ({@code circular}), at {@code /supersededBy}
     * @return the node as it is now, or empty if the agent has no such node
     */
    Optional<Node> changeNode(NodeChange change);

    /**
     * Removes one node, and with it the edges that it has. Its {@code externalId} is free again, and nodes in whose place it
     * held hold again.
     *
     * @return whether there was one
     */
    boolean removeNode(AgentKey agent, NodeId node, AuditEntry audit);

    /**
     * Adds an edge. If the agent has one of the same fact ({@link Edge#isSameFact}), that is the answer; if memory had found that
     * by itself and somebody tells it, it counts as told from now on.
     *
     * @throws Invalid if the agent has not both of its nodes: {@code unknown-node}, at {@code /from} or {@code /to}
     */
    AddedEdge addEdge(NewEdge edge);

    /**
     * Changes one edge. Concurrent changes follow each other, and each starts from the outcome of the one before.
     *
     * @return the edge as it is now, or empty if the agent has no such edge
     * @throws Refusal.Conflict if it would tell the same fact as another edge of the agent
     */
    Optional<Edge> changeEdge(EdgeChange change);

    /**
     * Removes one edge.
     *
     * @return whether there was one
     */
    boolean removeEdge(AgentKey agent, EdgeId edge, AuditEntry audit);

    /**
     * Makes memory of a stretch of the log, and moves the position of memory behind it. What the agent has a node of already,
     * by its source, is not added again. No audit entry: recording the events had one.
     *
     * @throws IllegalArgumentException if the stretch does not lie within the log
     * @return false if the position is another than {@link MemoryStep#after}: somebody else was there first, and nothing was
     *     changed
     */
    boolean remember(MemoryStep step);

    /**
     * Takes in what succeeded, and notes what failed again, as one attempt more; of an event that is not set aside any more,
     * nothing.
     */
    void retry(MemoryRetry retry);

    /**
     * Keeps what was made of nodes that have not changed since they were read. Each of them gets a version of its own, as with
     * any change. If then no node of the agent lacks an embedding of the model, the agent is not behind in that any more.
     */
    void enrich(MemoryEnrichment enrichment);

    /**
     * Links nodes by what they have in common, and moves the version behind which nothing is linked. Afterwards, as far as memory
     * is linked and by the order of time and then of id, whatever the order in which nodes came:
     *
     * <ul>
     *   <li>an edge {@value FoundRelations#NEXT} leads from each node of a session to the one after it;
     *   <li>an edge {@value FoundRelations#MENTIONS} leads from each node to the latest before it of the same {@link
     *       NodeKey.Kind#NAME}, one for all names that lead there;
     *   <li>an edge {@value FoundRelations#SIMILAR} leads from each of the nodes to those that it was found similar to;
     *   <li>a node is superseded by the first after it that has a key in common with it which {@link
     *       NodeKey.Kind#supersedes}, or was found to say the same; unless somebody has told what holds in its place, or in
     *       the place of that one.
     * </ul>
     *
     * <p>Edges that memory had found and that are none of these any more are gone; those that somebody told are not touched. A
     * node that is superseded, or not any more, gets a version of its own. If nothing else changed since the nodes were read, that
     * is no change that has to be linked. No audit entry: nobody asked for it.
     *
     * @return false if memory is linked up to another version than {@link MemoryLinks#after}: somebody else was there first, and
     *     nothing was changed
     */
    boolean link(MemoryLinks links);
}
