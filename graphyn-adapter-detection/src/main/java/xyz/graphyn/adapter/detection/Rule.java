package xyz.graphyn.adapter.detection;

/** Finds one sort of sensitive thing. */
interface Rule {
    /** The sorts of characters without which there is nothing to find, as in {@link Scan}. */
    int needs();

    void search(Scan scan);
}
