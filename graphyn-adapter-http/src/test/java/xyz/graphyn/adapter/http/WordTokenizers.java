package xyz.graphyn.adapter.http;

import xyz.graphyn.application.usage.TokenCounter;
import xyz.graphyn.application.usage.Tokenizers;
import xyz.graphyn.testkit.memory.WordCounter;

/** Counts words, whatever the model. */
final class WordTokenizers implements Tokenizers {
    @Override
    public TokenCounter usual() {
        return new WordCounter();
    }

    @Override
    public TokenCounter of(String model) {
        return new WordCounter();
    }
}
