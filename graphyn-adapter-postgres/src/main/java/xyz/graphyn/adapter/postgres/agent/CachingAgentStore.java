package xyz.graphyn.adapter.postgres.agent;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.application.agent.AgentQuery;
import xyz.graphyn.application.agent.AgentStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentKey;

/**
 * Remembers who created an agent, which never changes and is asked with every request. That an agent was removed is seen at
 * once on the server where it happened, and within {@value #SEEN_ELSEWHERE_SECONDS} s on the others. That there is none is
 * not remembered: it may be made any moment.
 */
public final class CachingAgentStore implements AgentStore {
    static final int SEEN_ELSEWHERE_SECONDS = 5;

    /** An answer that took longer to come is not kept: it would outlive the removal that it may have missed. */
    private static final Duration SLOWEST = Duration.ofSeconds(1);

    /** Some ten megabytes; far more agents than one server is asked for in seconds. */
    private static final int MOST = 50_000;

    private final AgentStore agents;
    private final TenantDatabase database;
    private final Ticker ticker;
    private final Cache<AgentKey, String> creators;
    private final AtomicLong removals = new AtomicLong();

    /** @param database the one that {@code agents} are in, whose units of work they join */
    public CachingAgentStore(AgentStore agents, TenantDatabase database, Ticker ticker) {
        this.agents = agents;
        this.database = database;
        this.ticker = ticker;
        creators = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(Duration.ofSeconds(SEEN_ELSEWHERE_SECONDS).minus(SLOWEST))
                .ticker(ticker)
                .build();
    }

    /** Inside a unit of work it asks, since the unit may see what nobody else does. */
    @Override
    public Optional<String> creatorOf(AgentKey key) {
        if (database.isInUnit()) {
            return agents.creatorOf(key);
        }
        String remembered = creators.getIfPresent(key);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        long start = ticker.read();
        long removalsBefore = removals.get();
        Optional<String> found = agents.creatorOf(key);
        if (found.isPresent() && ticker.read() - start < SLOWEST.toNanos()) {
            // One step with the question whether an agent was removed meanwhile: see forget.
            creators.asMap().compute(key, (same, other) -> removals.get() == removalsBefore ? found.get() : other);
        }
        return found;
    }

    /** Forgets the agent when the removal is committed, and what was asked before that and is answered after it. */
    @Override
    public boolean remove(AgentKey key) {
        try {
            return agents.remove(key);
        } finally {
            database.afterwards(() -> forget(key));
        }
    }

    private void forget(AgentKey key) {
        removals.incrementAndGet();
        creators.invalidate(key);
    }

    @Override
    public void insert(Agent agent) {
        agents.insert(agent);
    }

    @Override
    public Optional<Agent> find(AgentKey key) {
        return agents.find(key);
    }

    @Override
    public Optional<Agent> findForChange(AgentKey key) {
        return agents.findForChange(key);
    }

    @Override
    public Page<Agent> page(OrganizationId organization, AgentQuery query) {
        return agents.page(organization, query);
    }

    @Override
    public void update(Agent agent) {
        agents.update(agent);
    }
}
