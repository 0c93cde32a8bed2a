package xyz.graphyn.application.usage;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.identifier.IdGenerator;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.usage.ContextUsage;
import xyz.graphyn.domain.usage.ModelTable;
import xyz.graphyn.domain.usage.UsageId;
import xyz.graphyn.domain.usage.UsageRow;

/**
 * Meters contexts. The row of each is durable before its answer leaves. If that takes too long, the answer leaves without
 * the row's id: a prompt that waits for its memory is worth more than a count. The row is still written if it can be, and is
 * not counted twice.
 */
public final class MeterContext {
    /** Many times what a commit takes when all is well, and little beside what a model takes. */
    static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(MeterContext.class);

    private final UsageStore usage;
    private final ModelTable models;
    private final IdGenerator ids;
    private final InstantSource clock;

    public MeterContext(UsageStore usage, ModelTable models, IdGenerator ids, InstantSource clock) {
        this.usage = usage;
        this.models = models;
        this.ids = ids;
        this.clock = clock;
    }

    /** What of it counts: no more of the history than the model would have read. */
    public ContextUsage within(@Nullable String model, ContextUsage counted) {
        return models.of(model).withinWindow(counted);
    }

    /**
     * Begins to write the row.
     *
     * @param session whose history the context was measured against; null if it was the agent's
     * @param model null if none was named
     */
    public Pending begin(
            Caller caller, AgentKey agent, @Nullable String session, @Nullable String model, ContextUsage counted) {
        UsageRow.Origin origin = new UsageRow.Origin(
                new UsageId(ids.next()),
                clock.instant(),
                agent,
                caller.principal().subject(),
                session,
                model);
        return new Pending(origin, usage.write(new UsageRow.Assembled(origin, counted)));
    }

    /** A row that is being written. */
    public static final class Pending {
        private final UsageRow.Origin origin;
        private final CompletableFuture<UsageId> written;

        private Pending(UsageRow.Origin origin, CompletableFuture<UsageId> written) {
            this.origin = origin;
            this.written = written;
        }

        /** Waits until the row is durable, though not for long. Never throws; empty if it is not. */
        public Optional<UsageId> await() {
            try {
                return Optional.of(written.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS));
            } catch (ExecutionException failed) {
                log.warn("A context was answered without being metered: {}", String.valueOf(failed.getCause()));
                log.debug("The row {} was not written", origin.id(), failed);
            } catch (TimeoutException late) {
                log.warn("A context was answered before its row {} was written", origin.id());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return Optional.empty();
        }
    }
}
