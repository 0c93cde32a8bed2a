package xyz.graphyn.testkit.recall;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xyz.graphyn.application.recall.WordFinder;
import xyz.graphyn.domain.recall.FoundWord;

/** Takes runs of letters and digits for words, whatever their case. */
public final class SimpleWords implements WordFinder {
    static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    @Override
    public List<FoundWord> find(String text, Set<String> terms) {
        List<FoundWord> found = new ArrayList<>();
        for (Matcher word = WORD.matcher(text); word.find(); ) {
            String term = word.group().toLowerCase(Locale.ROOT);
            if (terms.contains(term)) {
                found.add(new FoundWord(word.start(), word.end(), term));
            }
        }
        return found;
    }
}
