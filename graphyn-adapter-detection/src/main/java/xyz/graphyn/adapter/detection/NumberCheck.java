package xyz.graphyn.adapter.detection;

/** Looks for one sort of number in the first groups of a window. */
@FunctionalInterface
interface NumberCheck {
    /** Tells the scan what it finds, and returns where the longest find ends; 0 for none. */
    int check(NumberRun run);
}
