package xyz.graphyn.benchmarks.recall;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import xyz.graphyn.benchmarks.recall.Corpus.Conversation;
import xyz.graphyn.benchmarks.recall.Corpus.Turn;

/** What anybody gets from Lucene as it comes: BM25 over the turns. */
final class PlainRanking implements AutoCloseable {
    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final Analyzer analyzer = new StandardAnalyzer();
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    PlainRanking(Conversation conversation) throws IOException {
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
            for (Turn turn : conversation.turns()) {
                Document document = new Document();
                document.add(new StoredField("id", turn.externalId()));
                document.add(new TextField("text", turn.speaker() + ": " + turn.content(), Field.Store.NO));
                writer.addDocument(document);
            }
        }
        reader = DirectoryReader.open(directory);
        searcher = new IndexSearcher(reader);
        searcher.setSimilarity(new BM25Similarity());
    }

    /** The externalIds of turns, best first. */
    List<String> search(String question, int limit) throws IOException, ParseException {
        List<String> found = new ArrayList<>();
        var query = new QueryParser("text", analyzer).parse(QueryParser.escape(question));
        for (ScoreDoc hit : searcher.search(query, limit).scoreDocs) {
            found.add(searcher.storedFields().document(hit.doc).get("id"));
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        directory.close();
        analyzer.close();
    }
}
