package xyz.graphyn.application.recall;

import java.util.List;
import java.util.Set;
import xyz.graphyn.domain.recall.FoundWord;

/** Finds the words of a question in a text, as the {@link RecallIndex} compares them. */
public interface WordFinder {
    /**
     * @param terms as {@link Ranking#terms} names them
     * @return where they stand, in the order of the text
     */
    List<FoundWord> find(String text, Set<String> terms);
}
