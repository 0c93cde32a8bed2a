package xyz.graphyn.application.usage;

/** The tokenizers that are known here. */
public interface Tokenizers {
    /** By which the tokens of nodes are counted, and those of whoever names no model. It never changes. */
    TokenCounter usual();

    /**
     * For a model, by the name that its provider gives it. For one that is not known here, an estimate, which says so.
     *
     * @param model at most 200 characters
     */
    TokenCounter of(String model);
}
