package xyz.graphyn.application.failure;

import java.time.Instant;
import java.time.InstantSource;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.AccessPolicy;

/** Looking at what went wrong. */
public final class FailureQueries {
    private final FailureStore failures;
    private final InstantSource clock;

    public FailureQueries(FailureStore failures, InstantSource clock) {
        this.failures = failures;
        this.clock = clock;
    }

    /**
     * The failures of the caller's organization and those that concern all, the newest first; none that is too old to be
     * kept, whether or not it was deleted yet.
     *
     * @throws Refusal.NotAllowed if the caller may not see failures
     */
    public Page<FailureNote> list(Caller caller, FailureQuery query) {
        if (!AccessPolicy.maySeeFailures(caller.principal())) {
            throw new Refusal.NotAllowed("Only admins may look at failures.");
        }
        Instant horizon = clock.instant().minus(FailureStore.Retention.USUAL.age());
        Instant from = query.from() == null || query.from().isBefore(horizon) ? horizon : query.from();
        return failures.page(
                caller.organization(),
                new FailureQuery(query.kind(), query.agent(), from, query.to(), query.position(), query.limit()));
    }
}
