package xyz.graphyn.adapter.recall.memory;

/** Hears where a word stands. */
@FunctionalInterface
public interface UnitListener {
    /** @param count how often it stands there, from 1 */
    void at(int unit, int count);
}
