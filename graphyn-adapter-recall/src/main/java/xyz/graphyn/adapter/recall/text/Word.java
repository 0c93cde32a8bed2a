package xyz.graphyn.adapter.recall.text;

/**
 * A word of a text.
 *
 * @param plain in lower case, without accents
 * @param stem what it is compared by
 */
public record Word(String plain, String stem) {}
