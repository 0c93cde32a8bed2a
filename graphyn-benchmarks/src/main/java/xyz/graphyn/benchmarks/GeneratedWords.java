package xyz.graphyn.benchmarks;

import java.util.Arrays;
import java.util.Random;

/** Made-up words, each as frequent as in a language (Zipf). */
public final class GeneratedWords {
    private static final int WORDS = 20_000;

    private final String[] words = new String[WORDS];
    private final double[] upTo = new double[WORDS];

    public GeneratedWords(Random random) {
        double sum = 0;
        for (int i = 0; i < WORDS; i++) {
            StringBuilder word = new StringBuilder();
            int syllables = 1 + random.nextInt(3);
            for (int s = 0; s <= syllables; s++) {
                word.append("bcdfghklmnprstvw".charAt(random.nextInt(16))).append("aeiou".charAt(random.nextInt(5)));
            }
            words[i] = word.toString();
            sum += 1.0 / (i + 10);
            upTo[i] = sum;
        }
    }

    /** Words with blanks between them. */
    public String text(Random random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int at = Arrays.binarySearch(upTo, random.nextDouble() * upTo[WORDS - 1]);
            text.append(words[Math.min(WORDS - 1, at < 0 ? -at - 1 : at)]).append(' ');
        }
        return text.toString();
    }
}
