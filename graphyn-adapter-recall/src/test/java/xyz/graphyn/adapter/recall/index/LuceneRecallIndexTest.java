package xyz.graphyn.adapter.recall.index;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import xyz.graphyn.adapter.recall.message.JacksonMessageReader;
import xyz.graphyn.application.recall.RecallIndex;

class LuceneRecallIndexTest implements RecallIndexContract {
    private final GivenChanges changes = new GivenChanges();
    private final LuceneRecallIndex index =
            new LuceneRecallIndex(changes, new JacksonMessageReader(), Optional.empty(), 64 << 20, 2, 100);

    @Override
    public GivenChanges changes() {
        return changes;
    }

    @Override
    public RecallIndex index() {
        return index;
    }

    @AfterEach
    void close() {
        index.close();
    }
}
