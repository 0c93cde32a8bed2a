package xyz.graphyn.domain.masking;

/** Takes what a recognizer finds in a passage. */
@FunctionalInterface
public interface Hits {
    /**
     * Hits may come in any order and may overlap; each unit that any of them covers is hidden.
     *
     * @param start in UTF-16 units of the passage, from 0
     * @param end behind the last unit, above {@code start}
     * @param rule as in {@link Finding}
     * @param weight 1 to 100; where hits overlap, the heavier one says what it is: a checksum weighs more than a shape, a shape
     *     more than a guess
     */
    void add(int start, int end, Kind kind, String rule, int weight);
}
