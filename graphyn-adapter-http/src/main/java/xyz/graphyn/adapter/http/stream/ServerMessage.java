package xyz.graphyn.adapter.http.stream;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the server says on a WebSocket, but for the events themselves. Each says its type first. */
sealed interface ServerMessage {
    /** The client is told of every event above {@code after}; {@code head} is the last one at this moment. */
    record Subscribed(String type, UUID agentId, long after, long head) implements ServerMessage {
        Subscribed(UUID agentId, long after, long head) {
            this("subscribed", agentId, after, head);
        }
    }

    /** Nothing more comes of this agent. */
    record Unsubscribed(String type, UUID agentId) implements ServerMessage {
        Unsubscribed(UUID agentId) {
            this("unsubscribed", agentId);
        }
    }

    /** The connection may stay until then. */
    record Refreshed(String type, Instant expiresAt) implements ServerMessage {
        Refreshed(Instant expiresAt) {
            this("refreshed", expiresAt);
        }
    }

    /** Everything up to this {@code seq} was sent, or left out by the filter. */
    record Position(String type, UUID agentId, long seq) implements ServerMessage {
        Position(UUID agentId, long seq) {
            this("position", agentId, seq);
        }
    }

    /** These events are no more. */
    record Gap(String type, UUID agentId, long from, long to) implements ServerMessage {
        Gap(UUID agentId, long from, long to) {
            this("gap", agentId, from, to);
        }
    }

    /**
     * Something was refused, or has ended.
     *
     * @param agentId about which agent; null if about none
     * @param code a problem's, or {@link #ALREADY_SUBSCRIBED}
     */
    record Refused(String type, @Nullable UUID agentId, String code, String message) implements ServerMessage {
        static final String ALREADY_SUBSCRIBED = "already-subscribed";

        Refused(@Nullable UUID agentId, String code, String message) {
            this("error", agentId, code, message);
        }
    }
}
