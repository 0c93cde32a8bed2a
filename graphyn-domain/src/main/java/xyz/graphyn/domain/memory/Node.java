package xyz.graphyn.domain.memory;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.validation.Invalid;

/**
 * One unit of an agent's memory. The fields that its author told are those of {@link NodeDraft}.
 *
 * @param occurredAt when it happened or was learnt, in microseconds
 * @param tokens of the content, by the usual tokenizer; 0 to {@link Integer#MAX_VALUE}
 * @param source the event that it was made from; null if it was told as a node
 * @param supersession what holds in its place: this one stays readable, and is left out of context; null if nobody has said
 *     anything of that
 * @param createdAt in microseconds
 * @param updatedAt in microseconds, never before {@code createdAt}
 * @param findings what is sensitive in {@code /content}, {@code /properties}, {@code /labels/N}, {@code /type},
 *     {@code /sessionId}, {@code /externalId} and {@code /sourceExternalId}
 */
public record Node(
        NodeId id,
        AgentId agent,
        String type,
        String content,
        List<String> labels,
        Json properties,
        int tokens,
        @Nullable String sessionId,
        @Nullable String externalId,
        @Nullable NodeSource source,
        @Nullable Supersession supersession,
        Instant occurredAt,
        Instant createdAt,
        Instant updatedAt,
        Findings findings) {

    /**
     * A node that has just been told; it happened now unless it says otherwise.
     *
     * @param tokens of the draft's content
     * @param findings what is sensitive in the draft
     */
    public static Node first(NodeId id, AgentId agent, NodeDraft draft, int tokens, Instant now, Findings findings) {
        return made(id, agent, draft, tokens, null, now, findings);
    }

    /**
     * A node that an event was made into.
     *
     * @param findings what is sensitive in the draft and in the source
     */
    public static Node from(
            NodeSource source, NodeId id, AgentId agent, NodeDraft draft, int tokens, Instant now, Findings findings) {
        return made(id, agent, draft, tokens, source, now, findings);
    }

    private static Node made(
            NodeId id,
            AgentId agent,
            NodeDraft draft,
            int tokens,
            @Nullable NodeSource source,
            Instant now,
            Findings findings) {
        return new Node(
                id,
                agent,
                draft.type(),
                draft.content(),
                draft.labels(),
                draft.properties(),
                tokens,
                draft.sessionId(),
                draft.externalId(),
                source,
                null,
                draft.occurredAt() == null ? now : draft.occurredAt(),
                now,
                now,
                findings);
    }

    /**
     * This node, told anew. A clock that went back does not take {@code updatedAt} with it.
     *
     * @param counted the tokens of the draft's content
     * @param found what is sensitive in the draft and in the source
     * @throws Invalid if the {@code externalId} differs: it is what others know the node by
     */
    public Node changedTo(NodeDraft draft, int counted, Instant now, Findings found) {
        if (!Objects.equals(draft.externalId(), externalId)) {
            throw new Invalid("/externalId", "immutable", "can't be changed");
        }
        return new Node(
                id,
                agent,
                draft.type(),
                draft.content(),
                draft.labels(),
                draft.properties(),
                counted,
                draft.sessionId(),
                externalId,
                source,
                supersession,
                draft.occurredAt() == null ? occurredAt : draft.occurredAt(),
                createdAt,
                now.isAfter(updatedAt) ? now : updatedAt,
                found);
    }

    /** The same node, searched by other rules. */
    public Node searched(Findings found) {
        return new Node(
                id,
                agent,
                type,
                content,
                labels,
                properties,
                tokens,
                sessionId,
                externalId,
                source,
                supersession,
                occurredAt,
                createdAt,
                updatedAt,
                found);
    }

    /** The same node with a part of its content. */
    Node excerpt(String part, Findings found) {
        return new Node(
                id,
                agent,
                type,
                part,
                labels,
                properties,
                tokens,
                sessionId,
                externalId,
                source,
                supersession,
                occurredAt,
                createdAt,
                updatedAt,
                found);
    }

    /** The same node, of which something else is known of what holds in its place. */
    public Node with(@Nullable Supersession known) {
        return new Node(
                id,
                agent,
                type,
                content,
                labels,
                properties,
                tokens,
                sessionId,
                externalId,
                source,
                known,
                occurredAt,
                createdAt,
                updatedAt,
                findings);
    }

    /** The same, told by somebody at this time. A clock that went back does not take {@code updatedAt} with it. */
    public Node with(Supersession told, Instant now) {
        return new Node(
                id,
                agent,
                type,
                content,
                labels,
                properties,
                tokens,
                sessionId,
                externalId,
                source,
                told,
                occurredAt,
                createdAt,
                now.isAfter(updatedAt) ? now : updatedAt,
                findings);
    }

    /** The newer node that holds in its place; null if this one does. */
    public @Nullable NodeId supersededBy() {
        return supersession == null ? null : supersession.by();
    }

    /** Whether it was known at that time, and nothing held in its place yet. */
    public boolean holdsAt(Instant time) {
        return !occurredAt.isAfter(time) && (supersession == null || !supersession.holdsAt(time));
    }

    /** What its author would tell to get this node. */
    public NodeDraft draft() {
        return new NodeDraft(type, content, labels, properties, occurredAt, sessionId, externalId);
    }
}
