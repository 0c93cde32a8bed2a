package xyz.graphyn.adapter.postgres.append;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.adapter.postgres.append.Deed.Outcome;
import xyz.graphyn.adapter.postgres.transaction.CommitUnknown;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.Visibility;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.event.CommitListener;
import xyz.graphyn.domain.agent.AgentKey;

/**
 * Does a group in one transaction. One that fails for a reason of a single deed is done again deed by deed, in their order,
 * so that none fails for its neighbour; one that fails because the database is away is refused as a whole.
 */
final class GroupCommit {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    private final TenantDatabase database;
    private final CommitListener listener;

    GroupCommit(TenantDatabase database, CommitListener listener) {
        this.database = database;
        this.listener = listener;
    }

    void run(List<Waiting<?>> group) {
        try {
            commit(group);
        } catch (CommitUnknown unknown) {
            fail(group, () -> new CommitUnknown(unknown));
        } catch (Refusal.Unavailable away) {
            fail(group, () -> away);
        } catch (RuntimeException failure) {
            if (group.size() == 1) {
                fail(group, () -> failure instanceof Heads.Held ? held() : failure);
            } else {
                log.debug("A group of {} appends is done again one by one", group.size(), failure);
                replay(group);
            }
        }
    }

    private void replay(List<Waiting<?>> group) {
        Set<AgentKey> held = new HashSet<>();
        Refusal.@Nullable Unavailable away = null;
        for (Waiting<?> one : group) {
            AgentKey agent = one.deed().agent();
            if (away != null) {
                one.answer(new Outcome.Failed(away));
                continue;
            }
            if (held.contains(agent)) {
                // Those before it have waited for the agent as long as the others in the lane may be kept.
                one.answer(new Outcome.Failed(held()));
                continue;
            }
            try {
                commit(List.of(one));
            } catch (Heads.Held stuck) {
                held.add(agent);
                one.answer(new Outcome.Failed(held()));
            } catch (Refusal.Unavailable failure) {
                away = failure;
                one.answer(new Outcome.Failed(failure));
            } catch (RuntimeException failure) {
                one.answer(new Outcome.Failed(failure));
            }
        }
    }

    private void commit(List<Waiting<?>> group) {
        List<? extends Deed<?>> deeds = group.stream().map(Waiting::deed).toList();
        Visibility visibility = Visibility.of(
                deeds.stream().map(deed -> deed.agent().organization()).collect(Collectors.toUnmodifiableSet()));
        Group.Result result = database.alone(visibility, sql -> Group.commit(sql, deeds));
        result.runs().forEach(run -> tell(() -> listener.recorded(run)));
        result.unembedded().forEach(agent -> tell(() -> listener.leftUnembedded(agent)));
        for (int i = 0; i < group.size(); i++) {
            group.get(i).answer(result.outcomes().get(i));
        }
    }

    private static void tell(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException | Error failure) {
            // It is recorded, whatever becomes of the telling.
            log.error("What was committed could not be told of", failure);
        }
    }

    private static void fail(List<Waiting<?>> group, Supplier<RuntimeException> why) {
        group.forEach(waiting -> waiting.answer(new Outcome.Failed(why.get())));
    }

    private static Refusal.Unavailable held() {
        return new Refusal.Unavailable("Somebody else is writing to this agent.", RETRY_AFTER);
    }
}
