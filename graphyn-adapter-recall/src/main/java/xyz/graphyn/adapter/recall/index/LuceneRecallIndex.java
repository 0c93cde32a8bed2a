package xyz.graphyn.adapter.recall.index;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.adapter.recall.embedding.QuestionEmbedder;
import xyz.graphyn.adapter.recall.ranking.Question;
import xyz.graphyn.adapter.recall.ranking.Ranker;
import xyz.graphyn.adapter.recall.text.Words;
import xyz.graphyn.adapter.recall.work.Workers;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.memory.MemoryChanges;
import xyz.graphyn.application.memory.MessageReader;
import xyz.graphyn.application.recall.Ranking;
import xyz.graphyn.application.recall.RecallIndex;
import xyz.graphyn.application.recall.RecallQuery;
import xyz.graphyn.domain.agent.AgentKey;

/**
 * Keeps the memories of the agents that are asked for. While the model of meaning can't be reached, questions are answered by
 * their words: an answer that is less good is better than none.
 */
public final class LuceneRecallIndex implements RecallIndex, AutoCloseable {
    /** Characters of questions whose vectors are remembered: a context is often asked for again with the same question. */
    private static final long KNOWN_QUESTIONS = 1_000_000;

    private static final int CHARACTERS_PER_VECTOR = 500;

    private static final Logger LOG = LoggerFactory.getLogger(LuceneRecallIndex.class);

    private final MemoryChanges changes;
    private final Optional<? extends QuestionEmbedder> embedder;
    private final Workers workers;
    private final Words words = new Words();
    private final Ranker ranker;
    private final OpenMemories memories;
    private final Cache<String, byte[]> questions = Caffeine.newBuilder()
            .maximumWeight(KNOWN_QUESTIONS)
            .weigher((String question, byte[] vector) -> question.length() + CHARACTERS_PER_VECTOR)
            .executor(Runnable::run)
            .build();

    /**
     * @param memoryBytes about how large all open memories may be together. One that is larger alone is searched without vectors,
     *     and up to twice that size
     * @param threads that search
     * @param queue how many searches may wait for them
     */
    public LuceneRecallIndex(
            MemoryChanges changes,
            MessageReader messages,
            Optional<? extends QuestionEmbedder> embedder,
            long memoryBytes,
            int threads,
            int queue) {
        this.changes = changes;
        this.embedder = embedder;
        this.workers = new Workers("recall", threads, queue, "Too many searches wait.");
        this.ranker = new Ranker(workers);
        String model = embedder.map(QuestionEmbedder::model).orElse("");
        this.memories = new OpenMemories(
                memoryBytes, agent -> new AgentMemory(agent, changes, model, words, messages, workers, memoryBytes));
    }

    @Override
    public Ranking search(AgentKey agent, RecallQuery query) {
        return memories.use(agent, memory -> {
            long known = memory.version();
            OptionalLong version = changes.version(agent);
            if (version.isEmpty()) {
                memories.forget(agent);
                throw new Refusal.NotFound("agent");
            }
            if (version.getAsLong() < known) {
                // The database was restored to an earlier state.
                memory.startOver();
            }
            memory.catchUp(version.getAsLong());
            return found(query, memory);
        });
    }

    /** What needs no vector is computed while the question is embedded, which takes as long. */
    private Ranking found(RecallQuery query, AgentMemory memory) {
        Search search = new Search(query, words, ranker);
        if (embedder.isEmpty()) {
            return end(search, query, memory, null, null);
        }
        String question = workers.run(() -> memory.read(query, audience -> Question.toEmbed(query.text(), audience)));
        byte[] known = questions.getIfPresent(question);
        if (known != null) {
            return end(search, query, memory, null, known);
        }
        Future<Search.Begun> begun = workers.start(() -> memory.read(query, search::begin));
        byte[] vector = embed(embedder.get(), question);
        return end(search, query, memory, workers.await(begun), vector);
    }

    private Ranking end(
            Search search,
            RecallQuery query,
            AgentMemory memory,
            Search.@Nullable Begun begun,
            byte @Nullable [] vector) {
        return workers.run(() -> memory.read(query, as -> search.end(as, begun, vector, memory.version())));
    }

    private byte @Nullable [] embed(QuestionEmbedder model, String question) {
        try {
            byte[] vector = model.embedQuestion(question);
            questions.put(question, vector);
            return vector;
        } catch (Refusal.Unavailable e) {
            return null;
        } catch (RuntimeException failure) {
            // Its message may repeat the question.
            LOG.warn(
                    "A question can't be embedded, and is answered by its words: {}",
                    failure.getClass().getName());
            return null;
        }
    }

    /** About how much memory all open memories take. */
    public long bytes() {
        return memories.bytes();
    }

    /** How many memories are open. */
    public int open() {
        return memories.count();
    }

    /** Searches under way are waited for, a few seconds at most. */
    @Override
    public void close() {
        if (workers.closed()) {
            memories.close();
        }
    }
}
