package xyz.graphyn.domain.masking;

/**
 * A piece of text to be searched: a whole text, the value of a string or number in a JSON document without its escapes, or the
 * name of a member. Where something is masked in it, or was found in it before, it holds U+FFFC for each unit of that.
 *
 * @param text never empty; of any length, with any characters, lone surrogates included
 * @param name of the member whose value it is, of any length; empty where there is none
 * @param around the name of the member in whose value that one is; empty where there is none
 * @param number whether it is a JSON number; then it is hidden whole or not at all
 */
public record Passage(String text, String name, String around, boolean number) {
    public static Passage of(String text) {
        return new Passage(text, "", "", false);
    }
}
