package xyz.graphyn.domain.masking;

/** Finds what is sensitive in a passage, by the rules of one organization. Safe to use from many threads at once. */
@FunctionalInterface
public interface Recognizer {
    /**
     * Takes time linear in the length of the passage, whatever it holds, and never throws: who writes the passage must not be
     * able to hold up or escape the search.
     */
    void search(Passage passage, Hits hits);
}
