package xyz.graphyn.adapter.recall.embedding;

import ai.djl.modality.nlp.DefaultVocabulary;
import ai.djl.modality.nlp.bert.BertFullTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Texts as the numbers that a BERT model reads: WordPiece, in lower case, between the marks of its beginning and end. */
final class WordPieces {
    private static final String BEGINNING = "[CLS]";
    private static final String END = "[SEP]";
    private static final String UNKNOWN = "[UNK]";

    /** What the model was made for. */
    private static final int MAX_PIECES = 512;

    /** More than 510 pieces of nearly any text have; the rest of a longer one is not even looked at. */
    private static final int MAX_LENGTH = 4_000;

    private final BertFullTokenizer tokenizer;
    private final DefaultVocabulary vocabulary;

    private WordPieces(List<String> pieces) {
        this.vocabulary =
                DefaultVocabulary.builder().add(pieces).optUnknownToken(UNKNOWN).build();
        this.tokenizer = new BertFullTokenizer(vocabulary, true);
    }

    /** @param resource a {@code tokenizer.json} as Hugging Face writes it */
    static WordPieces of(String resource) {
        try (InputStream file = WordPieces.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            JsonNode vocabulary =
                    JsonMapper.shared().readTree(file).path("model").path("vocab");
            String[] pieces = new String[vocabulary.size()];
            vocabulary.properties().forEach(piece -> pieces[piece.getValue().intValue()] = piece.getKey());
            return new WordPieces(Arrays.asList(pieces));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long[] in(String text) {
        List<String> pieces = new ArrayList<>();
        pieces.add(BEGINNING);
        List<String> found = tokenizer.tokenize(cut(text));
        pieces.addAll(found.subList(0, Math.min(found.size(), MAX_PIECES - 2)));
        pieces.add(END);
        return pieces.stream().mapToLong(vocabulary::getIndex).toArray();
    }

    private static String cut(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        return text.substring(0, Character.isLowSurrogate(text.charAt(MAX_LENGTH)) ? MAX_LENGTH - 1 : MAX_LENGTH);
    }
}
