package xyz.graphyn.adapter.recall.ranking;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts a question about somebody who speaks into the words in which that one would have told the answer: {@code What did Ann paint
 * for her mother?} becomes {@code What did I paint for my mother?}. To a model of meaning the two are far apart.
 */
final class FirstPerson {
    /** A page of text is no question about somebody. */
    private static final int LONGEST = 1_000;

    private static final Pattern CAPITALIZED = Pattern.compile("\\b(\\p{Lu}[\\p{L}\\p{N}_]+)(['\u2019]s)?");
    private static final Pattern THEIR = Pattern.compile("\\b(?:his|her|their)\\b");
    private static final Pattern THEY = Pattern.compile("\\b(?:he|she|they)\\b");
    private static final Pattern THEM = Pattern.compile("\\b(?:him|herself|himself)\\b");

    private FirstPerson() {}

    /** @return the question itself if it names nobody */
    static String of(String question, People people) {
        if (people.count() == 0 || question.length() > LONGEST) {
            return question;
        }
        StringBuilder rewritten = new StringBuilder();
        Matcher word = CAPITALIZED.matcher(question);
        boolean named = false;
        while (word.find()) {
            if (people.meant(word.group(1).toLowerCase(Locale.ROOT)).isEmpty()) {
                continue;
            }
            named = true;
            word.appendReplacement(rewritten, word.group(2) == null ? "I" : "my");
        }
        if (!named) {
            return question;
        }
        word.appendTail(rewritten);
        String text = THEIR.matcher(rewritten).replaceAll("my");
        text = THEY.matcher(text).replaceAll("I");
        text = THEM.matcher(text).replaceAll("me");
        return text.replaceAll("\\bI and I\\b", "we")
                .replaceAll("\\bdoes I\\b", "do I")
                .replaceAll("\\bhas I\\b", "have I")
                .replaceAll("\\bis I\\b", "am I");
    }
}
