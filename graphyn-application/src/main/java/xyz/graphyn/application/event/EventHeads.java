package xyz.graphyn.application.event;

import java.util.Collection;
import java.util.Map;
import xyz.graphyn.domain.agent.AgentKey;

/** How far the logs of agents are. */
public interface EventHeads {
    /**
     * Reads the heads of many agents, of any organizations, in one trip. What was answered as recorded before the call is
     * seen by it.
     *
     * @throws xyz.graphyn.application.access.Refusal.Unavailable if they can't be read at the moment
     */
    Heads read(Collection<AgentKey> agents);

    /**
     * @param epoch names the history that the numbers belong to. It changes when the storage was brought back to an earlier
     *     state, after which a {@code seq} may name another event than before. Letters, digits and hyphens, at most 64
     * @param seqs the {@code seq} of each agent's last event, 0 if there is none; an agent that does not exist or was removed
     *     is not among them
     */
    record Heads(String epoch, Map<AgentKey, Long> seqs) {
        public Heads {
            seqs = Map.copyOf(seqs);
        }
    }
}
