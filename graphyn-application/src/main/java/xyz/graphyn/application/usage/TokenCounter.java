package xyz.graphyn.application.usage;

/** Counts the tokens of texts, in time linear in their length whatever they hold. Safe for use by many threads. */
public interface TokenCounter {
    /** By which vocabulary, for example {@code o200k_base}. */
    String tokenizer();

    /** Whether it counts as the model does, not by a rule of thumb. */
    boolean isMeasured();

    /** How many tokens the text is, on its own; 0 for the empty text. */
    int count(String text);
}
