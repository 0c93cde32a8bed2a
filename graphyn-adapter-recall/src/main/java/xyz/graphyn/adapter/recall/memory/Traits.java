package xyz.graphyn.adapter.recall.memory;

import java.util.regex.Pattern;

/** What can be told of a text without any question, as bits. */
public final class Traits {
    /** It says when something was, is or will be. */
    public static final int TELLS_TIME = 1;

    /** It has a digit. */
    public static final int HAS_NUMBER = 2;

    private static final Pattern TIME = Pattern.compile("(?i)\\b(yesterday|today|tonight|tomorrow"
            + "|(?:last|next|this) (?:night|morning|afternoon|evening|week|weekend|month|year|summer|winter|spring|fall)"
            + "|(?:days?|weeks?|weekends?|months?|years?|hours?) ago|ago|recently|since|weekend"
            + "|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september"
            + "|october|november|december|(?:19|20)\\d\\d)\\b");

    private Traits() {}

    static int of(String text) {
        int traits = TIME.matcher(text).find() ? TELLS_TIME : 0;
        return text.chars().anyMatch(Character::isDigit) ? traits | HAS_NUMBER : traits;
    }
}
