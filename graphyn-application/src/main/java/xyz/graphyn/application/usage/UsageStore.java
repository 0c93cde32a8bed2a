package xyz.graphyn.application.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.usage.UsageId;
import xyz.graphyn.domain.usage.UsageRow;
import xyz.graphyn.domain.usage.UsageTotals;

/**
 * Where the meter's rows are kept, with their sums: by day (UTC) and by session, of each subject and of all together. Sums
 * are always those of the rows that were written. Joins no unit of work. When an agent is purged, its rows and its sums by
 * session go; its sums by day stay, which hold no content.
 */
public interface UsageStore {
    /** For as long as providers keep what was in a prompt, at the least. */
    Duration CACHE_LIFE = Duration.ofMinutes(5);

    /**
     * Adds a row. It is durable, and in the sums, when the future completes. Rows of concurrent callers, of any
     * organizations, are committed together; one alone is committed at once.
     *
     * @return completes on a thread that may not be kept waiting, with the id of the row; or of an earlier report of the same
     *     agent with the same external id, and then nothing was added. Fails with {@link Refusal.Unavailable} if the row could
     *     not be written in time, or too many wait; it may then still be written later. Whoever cancels it withdraws a row whose turn has not
     *     come
     */
    CompletableFuture<UsageId> write(UsageRow row);

    /** A context of the agent, whoever asked for it. */
    Optional<UsageRow.Assembled> context(AgentKey agent, UsageId id);

    /** A report of the agent, whoever made it. */
    Optional<UsageRow.Reported> report(AgentKey agent, UsageId id);

    /**
     * The latest context of the agent, the subject and the session.
     *
     * @param session null for one that belongs to none
     * @param from of this time or later
     * @param to of this time or earlier
     */
    Optional<UsageRow.Assembled> latestContext(
            AgentKey agent, String subject, @Nullable String session, Instant from, Instant to);

    /**
     * How much of the history a cache would have had, in tokens, when the context went to the model: that of the latest
     * context of the same agent and session in {@link #CACHE_LIFE} before it, or its own where it was reported in that time
     * before {@code at} already; 0 if there was neither.
     *
     * @param at when the model was called
     */
    long warmHistory(UsageRow.Assembled context, Instant at);

    /** The sums of what a filter leaves. Costs no more the more rows there are in a day. */
    UsageTotals totals(OrganizationId organization, UsageFilter filter);

    /**
     * The same in parts: days in their order; agents and models with the longest history first; sessions with the latest
     * first. Parts that are alike are in the order of their keys.
     *
     * <p>A session is there if its latest row is of those days, with all that it ever had; a filter by model is passed over.
     *
     * @param limit how many at most, from 1
     */
    List<UsagePart> parts(OrganizationId organization, UsageFilter filter, UsagePart.By by, int limit);
}
