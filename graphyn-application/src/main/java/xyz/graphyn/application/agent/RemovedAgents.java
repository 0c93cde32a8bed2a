package xyz.graphyn.application.agent;

/** What removed agents leave behind, until it is purged. */
public interface RemovedAgents {
    /**
     * Deletes at most {@code rows} rows of one removed agent, whatever its organization, in a transaction of its own. Safe
     * to call on several servers at once: each takes another agent.
     *
     * @return whether there may be more to delete
     */
    boolean purge(int rows);
}
