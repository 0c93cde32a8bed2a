package xyz.graphyn.adapter.recall.memory;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/**
 * Which passages hold which words, how often. Texts of which nothing is hidden are kept once; the others twice, as they came and
 * masked, so that what is hidden leaves no trace where readers search from whom it is hidden.
 */
final class Postings implements Closeable {
    private static final String OPEN = "open";
    private static final String RAW = "raw";
    private static final String MASKED = "masked";
    private static final String UNIT = "unit";

    private static final FieldType WORDS = words();

    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final IndexWriter writer;
    private DirectoryReader reader;
    private Map<IndexReader.CacheKey, int[]> units = Map.of();

    Postings() {
        try {
            // Merging on the thread that writes: it belongs to a bounded pool, Lucene's own threads would not.
            writer = new IndexWriter(
                    directory,
                    new IndexWriterConfig(new KeywordAnalyzer())
                            .setMergeScheduler(new SerialMergeScheduler())
                            .setUseCompoundFile(false)
                            .setCommitOnClose(false));
            reader = DirectoryReader.open(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FieldType words() {
        FieldType type = new FieldType();
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        type.setTokenized(true);
        type.setOmitNorms(true);
        type.freeze();
        return type;
    }

    /** @param masked the same list if nothing is hidden */
    void add(int unit, List<String> raw, List<String> masked) {
        Document document = new Document();
        document.add(new StringField(UNIT, Integer.toString(unit), Field.Store.NO));
        document.add(new NumericDocValuesField(UNIT, unit));
        if (raw.equals(masked)) {
            document.add(new Field(OPEN, new Given(raw), WORDS));
        } else {
            document.add(new Field(RAW, new Given(raw), WORDS));
            document.add(new Field(MASKED, new Given(masked), WORDS));
        }
        try {
            writer.addDocument(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove(int unit) {
        try {
            writer.deleteDocuments(new Term(UNIT, Integer.toString(unit)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes what was added and removed seen. */
    void refresh() {
        try {
            DirectoryReader newer = DirectoryReader.openIfChanged(reader, writer);
            if (newer == null) {
                return;
            }
            reader.close();
            reader = newer;
            Map<IndexReader.CacheKey, int[]> loaded = new HashMap<>();
            for (LeafReaderContext leaf : reader.leaves()) {
                IndexReader.CacheKey key = leaf.reader().getCoreCacheHelper().getKey();
                int[] known = units.get(key);
                loaded.put(key, known == null ? unitsOf(leaf.reader()) : known);
            }
            units = loaded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int[] unitsOf(LeafReader leaf) throws IOException {
        int[] of = new int[leaf.maxDoc()];
        NumericDocValues values = leaf.getNumericDocValues(UNIT);
        for (int doc = 0; values != null && doc < of.length; doc++) {
            if (values.advanceExact(doc)) {
                of[doc] = (int) values.longValue();
            }
        }
        return of;
    }

    /** Where the word stands, each passage once at most, in an order of its own. */
    void visit(String word, boolean masked, UnitListener listener) {
        BytesRef term = new BytesRef(word);
        try {
            for (LeafReaderContext context : reader.leaves()) {
                LeafReader leaf = context.reader();
                int[] of = units.get(leaf.getCoreCacheHelper().getKey());
                if (of != null) {
                    visit(leaf, of, OPEN, term, listener);
                    visit(leaf, of, masked ? MASKED : RAW, term, listener);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void visit(LeafReader leaf, int[] of, String field, BytesRef term, UnitListener listener)
            throws IOException {
        Terms terms = leaf.terms(field);
        if (terms == null) {
            return;
        }
        TermsEnum found = terms.iterator();
        if (!found.seekExact(term)) {
            return;
        }
        Bits live = leaf.getLiveDocs();
        PostingsEnum postings = found.postings(null, PostingsEnum.FREQS);
        for (int doc = postings.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.nextDoc()) {
            if (live == null || live.get(doc)) {
                listener.at(of[doc], postings.freq());
            }
        }
    }

    long bytes() {
        try {
            long bytes = writer.ramBytesUsed();
            for (String file : directory.listAll()) {
                bytes += directory.fileLength(file);
            }
            for (int[] of : units.values()) {
                bytes += 4L * of.length;
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
            writer.rollback();
            directory.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Words that were found already. */
    private static final class Given extends TokenStream {
        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private final List<String> words;
        private int next;

        Given(List<String> words) {
            this.words = words;
        }

        @Override
        public boolean incrementToken() {
            if (next == words.size()) {
                return false;
            }
            clearAttributes();
            term.append(words.get(next++));
            return true;
        }

        @Override
        public void reset() {
            next = 0;
        }
    }
}
