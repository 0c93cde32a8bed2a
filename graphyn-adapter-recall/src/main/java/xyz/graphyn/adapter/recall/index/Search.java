package xyz.graphyn.adapter.recall.index;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.recall.memory.Memory;
import xyz.graphyn.adapter.recall.ranking.Audience;
import xyz.graphyn.adapter.recall.ranking.Question;
import xyz.graphyn.adapter.recall.ranking.Ranker;
import xyz.graphyn.adapter.recall.ranking.Ranker.Scores;
import xyz.graphyn.adapter.recall.text.Words;
import xyz.graphyn.application.recall.Ranking;
import xyz.graphyn.application.recall.Ranking.Extent;
import xyz.graphyn.application.recall.RecallQuery;

/**
 * One search of one memory, in two halves: what needs no model of meaning, which may be computed while the question is embedded,
 * and the rest.
 */
final class Search {
    private final RecallQuery query;
    private final Words words;
    private final Ranker ranker;

    Search(RecallQuery query, Words words, Ranker ranker) {
        this.query = query;
        this.words = words;
        this.ranker = ranker;
    }

    /**
     * The first half. It says what the memory held then.
     *
     * @param audience holds as long as the memory stays as it is
     */
    record Begun(Audience audience, Question question, Scores scores, Wanted wanted) {}

    /**
     * What is asked about.
     *
     * @param places which of what may be found; nobody may change it
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    private record Wanted(boolean[] places, Extent extent) {}

    Begun begin(Audience audience) {
        Conditions conditions = new Conditions(query, audience.memory());
        Wanted wanted = conditions.areNone()
                ? audience.derived("wanted, window " + query.window(), all -> wanted(all, conditions))
                : wanted(audience, conditions);
        Question question = new Question(query.text(), words, audience);
        return new Begun(audience, question, ranker.score(question), wanted);
    }

    /**
     * The second half, or all of it.
     *
     * @param begun null if it was not; it is done again if the memory has changed since
     * @param vector of the question; null if there is none
     * @param version of the memory
     */
    Ranking end(Audience audience, @Nullable Begun begun, byte @Nullable [] vector, long version) {
        Begun now = begun != null && begun.audience() == audience ? begun : begin(audience);
        return new Ranking(
                ranker.rank(now.scores(), vector, now.wanted().places(), query.limit()),
                now.question().shares(),
                now.wanted().extent(),
                version);
    }

    private Wanted wanted(Audience audience, Conditions conditions) {
        Memory memory = audience.memory();
        boolean[] wanted = new boolean[memory.size()];
        long nodes = 0;
        long tokens = 0;
        PriorityQueue<Integer> latest =
                new PriorityQueue<>(query.window() + 1, (one, other) -> memory.before(one, other) ? -1 : 1);
        // Later nodes have later places, mostly: from the end, the latest are found at once.
        for (int place = wanted.length - 1; place >= 0; place--) {
            if (!audience.mayKnow(place)) {
                continue;
            }
            if (conditions.hold(place)) {
                wanted[place] = audience.isVisible(place);
                nodes++;
                tokens += memory.tokens(place);
                keepLatest(latest, place, conditions, memory);
            }
        }
        long windowTokens = latest.stream().mapToLong(memory::tokens).sum();
        return new Wanted(wanted, new Extent(nodes, tokens, windowTokens));
    }

    private void keepLatest(PriorityQueue<Integer> latest, int place, Conditions conditions, Memory memory) {
        if (query.window() == 0
                || !conditions.isMessage(place)
                || (latest.size() == query.window() && memory.before(place, latest.element()))) {
            return;
        }
        latest.add(place);
        if (latest.size() > query.window()) {
            latest.remove();
        }
    }
}
