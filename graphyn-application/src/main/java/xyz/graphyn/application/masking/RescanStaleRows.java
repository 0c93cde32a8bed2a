package xyz.graphyn.application.masking;

import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Searches again what earlier rules have searched, in steps that hold no lock for long. */
public final class RescanStaleRows {
    private static final Logger log = LoggerFactory.getLogger(RescanStaleRows.class);

    private final StaleRows stale;
    private final RowDetection detection;
    private final int builtIn;

    /** @param builtIn the version of the rules that are built in, by which {@code detection} searches */
    public RescanStaleRows(StaleRows stale, RowDetection detection, int builtIn) {
        this.stale = stale;
        this.detection = detection;
        this.builtIn = builtIn;
    }

    /**
     * Goes on until nothing is left to do at once, or it is told to stop; what was searched stays so, also when a step fails.
     *
     * @param goOn asked before each step
     * @return how many steps it took
     */
    public int run(BooleanSupplier goOn) {
        int steps = 0;
        while (goOn.getAsBoolean() && stale.searchAgain(builtIn, detection)) {
            steps++;
        }
        if (steps > 0) {
            log.atInfo().addKeyValue("steps", steps).log("Searched again what earlier rules had searched");
        }
        return steps;
    }
}
