package xyz.graphyn.testkit.storage;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import xyz.graphyn.application.agent.AgentQuery;
import xyz.graphyn.application.agent.AgentStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentKey;

record InMemoryAgentStore(InMemoryDatabase database) implements AgentStore {
    @Override
    public void insert(Agent agent) {
        database.write(agent.organization(), tables -> {
            tables.events.put(agent.key(), new ArrayList<>());
            tables.nodes.put(agent.key(), new TreeMap<>());
            tables.memory.put(agent.key(), new InMemoryMemory());
            return tables.agents.put(agent.key(), agent);
        });
    }

    @Override
    public Optional<Agent> find(AgentKey key) {
        return database.read(tables -> Optional.ofNullable(tables.agents.get(key)));
    }

    @Override
    public Optional<Agent> findForChange(AgentKey key) {
        database.requireUnit(key.organization());
        return database.write(key.organization(), tables -> Optional.ofNullable(tables.agents.get(key)));
    }

    @Override
    public Optional<String> creatorOf(AgentKey key) {
        return find(key).map(Agent::createdBy);
    }

    @Override
    public Page<Agent> page(OrganizationId organization, AgentQuery query) {
        List<Agent> oneMore = database.read(tables -> tables.agents.values().stream()
                .filter(agent -> agent.organization().equals(organization))
                .filter(agent -> query.name() == null
                        || (contains(agent.profile().name(), query.name())
                                && Proof.holds(query.provenBy(), agent.findings(), "/name")))
                .filter(agent -> query.after() == null || agent.id().compareTo(query.after()) < 0)
                .sorted(comparing(Agent::id).reversed())
                .limit(query.limit() + 1L)
                .toList());
        return Page.of(oneMore, query.limit());
    }

    @Override
    public void update(Agent agent) {
        database.write(agent.organization(), tables -> tables.agents.replace(agent.key(), agent));
    }

    @Override
    public boolean remove(AgentKey key) {
        return database.write(key.organization(), tables -> {
            if (tables.agents.remove(key) == null) {
                return false;
            }
            Collection<?> events = tables.events.remove(key);
            Map<?, ?> nodes = tables.nodes.remove(key);
            InMemoryMemory memory = tables.memory.remove(key);
            tables.removed.put(
                    key,
                    (events == null ? 0 : events.size())
                            + (nodes == null ? 0 : nodes.size())
                            + (memory == null ? 0 : memory.edges.size()));
            return true;
        });
    }

    private static boolean contains(String name, String part) {
        return name.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
