package xyz.graphyn.adapter.recall.ranking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.recall.memory.Memory;
import xyz.graphyn.adapter.recall.memory.Names;
import xyz.graphyn.adapter.recall.memory.Side;
import xyz.graphyn.adapter.recall.text.Word;
import xyz.graphyn.adapter.recall.text.Words;

/**
 * What is asked of a memory, taken apart. It holds what the memory says now, so it lives no longer than the memory stays as it is.
 */
public final class Question {
    /** Of more words, the rarest are looked for: a page of text has fewer that matter. */
    static final int MAX_TERMS = 64;

    private final Memory memory;
    private final Side side;
    private final String text;
    private final List<Word> words;
    private final byte @Nullable [] vector;
    private final boolean[] visible;
    private final int visibleCount;
    private final Set<Integer> namedSpeakers;
    private final List<Term> terms;
    private final float wholeRarity;

    /**
     * @param visible which places may be found; the statistics of words are those of these
     * @param vector of the text; null if there is none
     */
    public Question(
            String text, Words analysis, byte @Nullable [] vector, Memory memory, Side side, boolean[] visible) {
        this.text = text;
        this.words = analysis.of(text);
        this.vector = vector;
        this.memory = memory;
        this.side = side;
        this.visible = visible;
        int count = 0;
        for (boolean each : visible) {
            count += each ? 1 : 0;
        }
        this.visibleCount = count;
        SpeakerNames names = SpeakerNames.in(words, memory.speakers(), heard());
        this.namedSpeakers = names.speakers();
        this.terms = terms(names.words());
        float sum = 0;
        for (Term term : terms) {
            sum += term.rarity();
        }
        this.wholeRarity = sum;
    }

    /** Which speakers spoke in what may be found: of others, not even the name may be told. */
    private boolean[] heard() {
        boolean[] heard = new boolean[memory.speakers().size()];
        for (int place = 0; place < visible.length; place++) {
            if (visible[place] && memory.speaker(side, place) != Names.NONE) {
                heard[memory.speaker(side, place)] = true;
            }
        }
        return heard;
    }

    /** The name of a speaker is not looked for in what was said: who speaks seldom names himself. */
    private List<Term> terms(Set<String> names) {
        List<String> stems = words.stream()
                .filter(Words::tells)
                .filter(word -> !names.contains(word.plain()))
                .map(Word::stem)
                .distinct()
                .toList();
        TermFinder finder = new TermFinder(memory, side, visible, visibleCount);
        List<Term> found = new ArrayList<>();
        for (String stem : stems) {
            Term term = finder.find(stem);
            if (term.places().length > 0) {
                found.add(term);
            }
        }
        if (found.size() > MAX_TERMS) {
            found.sort(Comparator.comparingDouble(Term::rarity).reversed().thenComparing(Term::stem));
            return List.copyOf(found.subList(0, MAX_TERMS));
        }
        return found;
    }

    Memory memory() {
        return memory;
    }

    Side side() {
        return side;
    }

    String text() {
        return text;
    }

    List<Word> words() {
        return words;
    }

    byte @Nullable [] vector() {
        return vector;
    }

    boolean isVisible(int place) {
        return visible[place];
    }

    int visibleCount() {
        return visibleCount;
    }

    /** That the question names, by their numbers. */
    Set<Integer> namedSpeakers() {
        return namedSpeakers;
    }

    /** That some node holds; the rarest, if there are too many. */
    List<Term> terms() {
        return terms;
    }

    /** Of all terms together. */
    float wholeRarity() {
        return wholeRarity;
    }
}
