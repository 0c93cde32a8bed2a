package xyz.graphyn.application.failure;

import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;

/**
 * Something that went wrong in delivery, whether or not anybody noticed.
 *
 * @param organization whose it is; null if it concerns all, and then nothing in it may tell of any
 * @param client who was served, as far as is known: the user and the connection
 * @param seq where in the agent's log
 * @param detail what an operator needs to know, in one sentence without any payload or secret; at most 500 characters
 */
public record Failure(
        Kind kind,
        @Nullable OrganizationId organization,
        @Nullable AgentId agent,
        @Nullable String client,
        @Nullable Long seq,
        String detail) {

    /** What went wrong. Stored by name: a name never changes its meaning. */
    public enum Kind {
        /** A client did not read as fast as its events came, and was closed. */
        SLOW_CLIENT,
        /** Events could not be handed to a client or a server, for another reason. */
        DELIVERY,
        /** A hole was noticed and filled from the store. */
        BACKFILL,
        /** Events could not be published; servers other than this one find them by looking. */
        PUBLISH,
        /** The connection of the live channel was lost. */
        CHANNEL_LOST,
        /** It came back. */
        CHANNEL_BACK,
        /** More failures than could be noted one by one: these were only counted. */
        NOT_NOTED
    }
}
