package xyz.graphyn.bootstrap;

import xyz.graphyn.application.usage.TokenCounter;

/** A token for each four characters, as a rule of thumb for English; it says so. */
final class EstimatedTokens implements TokenCounter {
    private static final int CHARACTERS = 4;

    @Override
    public String tokenizer() {
        return "characters/4";
    }

    @Override
    public boolean isMeasured() {
        return false;
    }

    @Override
    public int count(String text) {
        return Math.ceilDiv(text.length(), CHARACTERS);
    }
}
