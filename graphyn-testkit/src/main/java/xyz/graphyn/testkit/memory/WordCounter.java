package xyz.graphyn.testkit.memory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xyz.graphyn.application.usage.TokenCounter;

/** Takes each run of characters between white space for a token. */
public final class WordCounter implements TokenCounter {
    private static final Pattern WORD = Pattern.compile("\\S+");

    @Override
    public String tokenizer() {
        return "words";
    }

    @Override
    public boolean isMeasured() {
        return false;
    }

    @Override
    public int count(String text) {
        Matcher words = WORD.matcher(text);
        int count = 0;
        while (words.find()) {
            count++;
        }
        return count;
    }
}
