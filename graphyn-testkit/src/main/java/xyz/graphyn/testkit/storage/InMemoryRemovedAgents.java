package xyz.graphyn.testkit.storage;

import java.util.Optional;
import xyz.graphyn.application.agent.RemovedAgents;
import xyz.graphyn.domain.agent.AgentKey;

/** Memory is given back at once; what is kept is how many rows are still to be counted down. */
record InMemoryRemovedAgents(InMemoryDatabase database) implements RemovedAgents {
    @Override
    public boolean purge(int rows) {
        Optional<AgentKey> some =
                database.read(tables -> tables.removed.keySet().stream().findFirst());
        return some.isPresent() && purge(some.get(), rows);
    }

    private boolean purge(AgentKey some, int rows) {
        return database.writeAlone(some.organization(), tables -> {
            tables.removed.computeIfPresent(some, (key, left) -> left > rows ? left - rows : null);
            return !tables.removed.isEmpty();
        });
    }
}
