package xyz.graphyn.adapter.recall.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;
import xyz.graphyn.application.recall.WordFinder;
import xyz.graphyn.domain.recall.FoundWord;

/** Takes texts apart. Safe for use by many threads. */
public final class Words implements WordFinder {
    /** So common in conversations that they tell nothing; contractions as the tokenizer leaves them. */
    private static final Set<String> STOP = Set.of("""
            a about above after again against all also am an and any are aren't as at be because been before being below \
            between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each few \
            for from further get got had hadn't has hasn't have haven't having he he'd he'll her here hers herself him \
            himself his how i i'd i'll i'm i've if in into is isn't it itself just let like likely long many may me might \
            more most much mustn't my myself no nor not now of off often on once one only or other ought our ours ourselves \
            out over own same shan't she she'd she'll should shouldn't so some such than that the their theirs them \
            themselves then there these they they'd they'll they're they've this those through to too under until up us \
            very was wasn't we we'd we'll we're we've were weren't what when where which while who whom whose why will with \
            won't would wouldn't yes you you'd you'll you're you've your yours yourself yourselves s""".split("\\s+"));

    // The tokenizer cuts longer words in pieces of this length: nobody looks for them, but they cost no more than
    // others.
    private static final int LONGEST = 255;

    private final Analyzer analyzer = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            StandardTokenizer words = new StandardTokenizer();
            words.setMaxTokenLength(LONGEST);
            TokenStream plain = new ASCIIFoldingFilter(new LowerCaseFilter(new EnglishPossessiveFilter(words)));
            return new TokenStreamComponents(words, new PorterStemFilter(new PlainKept(plain)));
        }
    };

    /** Keeps the word beside its stem, where its type would stand. */
    private static final class PlainKept extends TokenFilter {
        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private final TypeAttribute plain = addAttribute(TypeAttribute.class);

        PlainKept(TokenStream words) {
            super(words);
        }

        @Override
        public boolean incrementToken() throws IOException {
            if (!input.incrementToken()) {
                return false;
            }
            plain.setType(term.toString());
            return true;
        }
    }

    /** All words, in their order, the common ones too. */
    public List<Word> of(String text) {
        List<Word> words = new ArrayList<>();
        each(text, (word, start, end) -> words.add(word));
        return words;
    }

    @FunctionalInterface
    private interface Visitor {
        void visit(Word word, int start, int end);
    }

    private void each(String text, Visitor visitor) {
        try (TokenStream stream = analyzer.tokenStream("text", text)) {
            CharTermAttribute stem = stream.getAttribute(CharTermAttribute.class);
            TypeAttribute plain = stream.getAttribute(TypeAttribute.class);
            OffsetAttribute place = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                visitor.visit(new Word(plain.type(), stem.toString()), place.startOffset(), place.endOffset());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<FoundWord> find(String text, Set<String> terms) {
        List<FoundWord> found = new ArrayList<>();
        each(text, (word, start, end) -> {
            if (terms.contains(word.stem()) && tells(word)) {
                found.add(new FoundWord(start, end, word.stem()));
            }
        });
        return found;
    }

    /** The stems of the words that tell something, in their order. */
    public List<String> telling(String text) {
        return of(text).stream().filter(Words::tells).map(Word::stem).toList();
    }

    static boolean tells(Word word) {
        return tells(word.plain());
    }

    /** @param plain as in {@link Word} */
    public static boolean tells(String plain) {
        return !STOP.contains(plain);
    }
}
