package xyz.graphyn.adapter.recall.memory;

/** Which of a node's two texts is meant. */
public enum Side {
    /** As it came. */
    RAW(0),
    /** Without what is sensitive in it. */
    MASKED(1);

    /** Where it stands in arrays of both. */
    final int index;

    Side(int index) {
        this.index = index;
    }
}
