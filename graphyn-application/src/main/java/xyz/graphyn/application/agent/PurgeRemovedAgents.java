package xyz.graphyn.application.agent;

import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives back what removed agents leave behind, in steps that hold no lock for long. */
public final class PurgeRemovedAgents {
    /** Deleted in some tens of milliseconds. */
    private static final int ROWS_PER_STEP = 5_000;

    private static final Logger log = LoggerFactory.getLogger(PurgeRemovedAgents.class);

    private final RemovedAgents removed;

    public PurgeRemovedAgents(RemovedAgents removed) {
        this.removed = removed;
    }

    /**
     * Purges until nothing is left or it is told to stop; what was purged stays so, also when a step fails.
     *
     * @param goOn asked before each step
     * @return how many steps it took
     */
    public int run(BooleanSupplier goOn) {
        int steps = 0;
        while (goOn.getAsBoolean() && removed.purge(ROWS_PER_STEP)) {
            steps++;
        }
        if (steps > 0) {
            log.atInfo().addKeyValue("steps", steps).log("Purged what removed agents left behind");
        }
        return steps;
    }
}
