package xyz.graphyn.adapter.recall.index;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.recall.memory.Memory;
import xyz.graphyn.adapter.recall.ranking.Audience;
import xyz.graphyn.adapter.recall.ranking.Question;
import xyz.graphyn.adapter.recall.ranking.Ranker;
import xyz.graphyn.adapter.recall.text.Words;
import xyz.graphyn.application.recall.Ranking;
import xyz.graphyn.application.recall.Ranking.Extent;
import xyz.graphyn.application.recall.RecallQuery;

/** One search of one memory. */
final class Search {
    private final RecallQuery query;
    private final byte @Nullable [] vector;
    private final Words words;
    private final Ranker ranker;

    /** @param vector of the question; null if there is none */
    Search(RecallQuery query, byte @Nullable [] vector, Words words, Ranker ranker) {
        this.query = query;
        this.vector = vector;
        this.words = words;
        this.ranker = ranker;
    }

    Ranking in(Audience audience, long version) {
        Memory memory = audience.memory();
        Conditions conditions = new Conditions(query, memory);
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
        Question question = new Question(query.text(), words, vector, audience);
        return new Ranking(
                ranker.rank(question, wanted, query.limit()),
                question.shares(),
                new Extent(nodes, tokens, windowTokens),
                version);
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
