package xyz.graphyn.adapter.recall;

import java.util.Optional;
import xyz.graphyn.adapter.recall.embedding.Embedders;
import xyz.graphyn.adapter.recall.embedding.QuestionEmbedder;
import xyz.graphyn.adapter.recall.index.LuceneRecallIndex;
import xyz.graphyn.adapter.recall.message.JacksonMessageReader;
import xyz.graphyn.adapter.recall.text.Words;
import xyz.graphyn.adapter.recall.tokens.JtokkitTokenizers;
import xyz.graphyn.application.memory.Embedder;
import xyz.graphyn.application.memory.MemoryChanges;
import xyz.graphyn.application.memory.MessageReader;
import xyz.graphyn.application.recall.RecallIndex;
import xyz.graphyn.application.recall.WordFinder;
import xyz.graphyn.application.usage.Tokenizers;

/**
 * The front of this module. What needs no memory, {@link #tokenizers} and {@link #messages}, is there without opening anything.
 */
public final class Recall implements AutoCloseable {
    private static final Tokenizers TOKENIZERS = new JtokkitTokenizers();
    private static final MessageReader MESSAGES = new JacksonMessageReader();
    private static final WordFinder WORDS = new Words();

    private final Optional<QuestionEmbedder> embedder;
    private final LuceneRecallIndex index;

    private Recall(RecallConfiguration configuration, MemoryChanges changes) {
        this.embedder = Embedders.open(configuration.embedder());
        this.index = new LuceneRecallIndex(
                changes,
                MESSAGES,
                embedder,
                configuration.memoryBytes(),
                configuration.threads(),
                configuration.queue());
    }

    /**
     * Loads the model, which takes about half a second, and nothing of any agent. An endpoint is not asked yet: it may be away.
     *
     * @param changes where memory is read from
     */
    public static Recall open(RecallConfiguration configuration, MemoryChanges changes) {
        return new Recall(configuration, changes);
    }

    public static Tokenizers tokenizers() {
        return TOKENIZERS;
    }

    public static MessageReader messages() {
        return MESSAGES;
    }

    public static WordFinder words() {
        return WORDS;
    }

    public RecallIndex index() {
        return index;
    }

    /** Empty if none is configured. */
    public Optional<Embedder> embedder() {
        return embedder.map(Embedder.class::cast);
    }

    /** About how many bytes the open memories take. */
    public long memoryBytes() {
        return index.bytes();
    }

    /** Ends the threads; takes at most some seconds. */
    @Override
    public void close() {
        index.close();
        embedder.ifPresent(QuestionEmbedder::close);
    }
}
