package xyz.graphyn.testkit.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.access.ExternalOrganization;
import xyz.graphyn.application.idempotency.IdempotencyKey;
import xyz.graphyn.application.idempotency.StoredAnswer;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.masking.MaskingSettings;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.usage.SavingsSettings;
import xyz.graphyn.domain.usage.UsageRow;

/**
 * Tables in memory. A unit of work takes the one write lock at its first write, works on a copy from there on, and
 * publishes it when it ends; readers see what was published last.
 */
final class InMemoryDatabase {
    private final ReentrantLock writing = new ReentrantLock();

    /** Not static, because each database has units of work of its own. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Unit> unit = new ThreadLocal<>();

    private final Set<IdempotencyKey> inFlight = new HashSet<>();
    private volatile Tables committed = new Tables();

    <T> T inUnit(OrganizationId organization, Supplier<T> work) {
        Unit outer = unit.get();
        if (outer != null) {
            if (!outer.organization.equals(organization)) {
                throw new IllegalStateException("inside a unit of work of another organization");
            }
            return work.get();
        }
        Unit own = new Unit(organization);
        unit.set(own);
        try {
            T result = work.get();
            if (own.tables != null) {
                committed = own.tables;
            }
            return result;
        } finally {
            unit.remove();
            synchronized (inFlight) {
                inFlight.removeAll(own.claims);
            }
            if (own.tables != null) {
                writing.unlock();
            }
        }
    }

    <T> T read(Function<Tables, T> query) {
        Unit current = unit.get();
        return query.apply(current == null || current.tables == null ? committed : current.tables);
    }

    /** Within the unit of work, or as one of its own. */
    <T> T write(OrganizationId organization, Function<Tables, T> change) {
        return inUnit(organization, () -> change.apply(writable()));
    }

    /** As one of its own, never within another. */
    <T> T writeAlone(OrganizationId organization, Function<Tables, T> change) {
        if (unit.get() != null) {
            throw new IllegalStateException("must not be called inside a unit of work");
        }
        return write(organization, change);
    }

    Unit requireUnit(OrganizationId organization) {
        Unit current = unit.get();
        if (current == null || !current.organization.equals(organization)) {
            throw new IllegalStateException("needs a unit of work of the same organization");
        }
        return current;
    }

    /** Whether the unit of work may hold the key until it ends. */
    boolean claim(Unit holder, IdempotencyKey key) {
        synchronized (inFlight) {
            return holder.claims.contains(key) || (inFlight.add(key) && holder.claims.add(key));
        }
    }

    private Tables writable() {
        Unit current = unit.get();
        if (current == null) {
            throw new IllegalStateException("no unit of work");
        }
        if (current.tables == null) {
            writing.lock();
            current.tables = new Tables(committed);
        }
        return current.tables;
    }

    static final class Unit {
        private final OrganizationId organization;
        private final Set<IdempotencyKey> claims = new HashSet<>();
        private @Nullable Tables tables;

        Unit(OrganizationId organization) {
            this.organization = organization;
        }
    }

    record Answer(String fingerprint, StoredAnswer answer, Instant at) {}

    /** The rows. Lists and maps are replaced by copies, never shared between two versions. */
    static final class Tables {
        final Map<ExternalOrganization, OrganizationId> organizations = new HashMap<>();
        final Map<AgentKey, Agent> agents = new HashMap<>();
        final Map<AgentKey, List<Event>> events = new HashMap<>();
        final Map<AgentKey, Map<NodeId, Node>> nodes = new HashMap<>();
        final Map<AgentKey, InMemoryMemory> memory = new HashMap<>();
        final List<AuditEntry> audit = new ArrayList<>();
        final Map<IdempotencyKey, Answer> answers = new HashMap<>();
        final Map<AgentKey, Integer> removed = new HashMap<>();
        final Map<OrganizationId, MaskingSettings> maskingSettings = new HashMap<>();
        final Map<OrganizationId, SavingsSettings> savingsSettings = new HashMap<>();
        final List<UsageRow> usage = new ArrayList<>();

        Tables() {}

        Tables(Tables other) {
            organizations.putAll(other.organizations);
            agents.putAll(other.agents);
            other.events.forEach((key, list) -> events.put(key, new ArrayList<>(list)));
            other.nodes.forEach((key, map) -> nodes.put(key, new TreeMap<>(map)));
            other.memory.forEach((key, of) -> memory.put(key, new InMemoryMemory(of)));
            audit.addAll(other.audit);
            answers.putAll(other.answers);
            removed.putAll(other.removed);
            maskingSettings.putAll(other.maskingSettings);
            savingsSettings.putAll(other.savingsSettings);
            usage.addAll(other.usage);
        }

        Map<EdgeId, Edge> edges(AgentKey agent) {
            InMemoryMemory of = memory.get(agent);
            return of == null ? Map.of() : of.edges;
        }
    }
}
