package xyz.graphyn.adapter.recall.memory;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of a text without any question.
 *
 * @param bits {@link #TELLS_TIME} and the like
 * @param asking how many of its sentences are questions, 0 to 1; 0 of a long one
 * @param proper words with a capital within a sentence, in lower case: names of people, places and things, with speakers among
 *     them; a few
 * @param greeted who is greeted or thanked by name near its beginning, in lower case; a few
 */
record Traits(int bits, float asking, List<String> proper, List<String> greeted) {
    /** It says when something was, is or will be. */
    static final int TELLS_TIME = 1;

    static final int HAS_NUMBER = 2;
    /** A user says what he likes, or how he wants to be answered. */
    static final int PREFERENCE = 4;

    static final int ASSISTANT = 8;

    private static final String USER_SPEAKER = "user";
    private static final String ASSISTANT_SPEAKER = "assistant";

    // Only what stands near the beginning is searched for names: it keeps the time for a megabyte of text small.
    private static final int NAMES_WITHIN = 800;
    private static final int GREETING_WITHIN = 400;
    private static final int SHORT = 1_000;
    private static final int SHORT_PREFERENCE = 600;
    private static final int MAX_WORDS = 8;

    private static final Pattern TIME = Pattern.compile(
            "\\b(?:yesterday|today|tonight|tomorrow"
                    + "|(?:last|next|this) (?:night|morning|afternoon|evening|week|weekend|month|year|summer|winter|spring|fall)"
                    + "|(?:an?|one|two|three|four|five|six|seven|few|couple|couple of|\\d{1,4})"
                    + " (?:days?|weeks?|weekends?|months?|years?|hours?)"
                    + "|ago|recently|since|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
                    + "|january|february|march|april|june|july|august|september|october|november|december|(?:19|20)\\d\\d)\\b",
            Pattern.CASE_INSENSITIVE);
    /** With one of these whatever {@link #TIME} matches ends, a year apart; looking for them takes a fraction of the time. */
    private static final Set<String> TIME_WORDS =
            Set.of(("yesterday today tonight tomorrow night morning afternoon evening week"
                            + " weekend weekends month year summer winter spring fall day days weeks months years hour hours ago recently"
                            + " since monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
                            + " august september october november december")
                    .split(" "));

    private static final int LONGEST_TIME_WORD = 9;

    /** Before them, as {@code couple of}. */
    private static final int LONGEST_BEFORE = 16;

    private static final Pattern LIKES = Pattern.compile(
            "\\b(?:i(?:'d)? prefer|always|never|my preference|when i ask)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern SENTENCE_END = Pattern.compile("[.!?]+[\"')\\]]*(?:\\s|$)|\\n+");
    private static final Pattern PROPER = Pattern.compile("(?<=[a-z,;] )[\"'\u201c]?([A-Z][a-zA-Z]{2,40})");
    private static final Pattern GREETING = Pattern.compile(
            "\\b(?:[Hh]ey|[Hh]i|[Hh]ello|[Tt]hanks|[Tt]hank you|[Mm]orning|[Ee]vening|[Nn]ight|[Bb]ye|[Ww]ow|[Cc]ongrats"
                    + "|[Cc]ongratulations|[Yy]eah|[Yy]es|[Ss]orry),?\\s([A-Z][a-z]{2,30})(?=\\s?(?:[,.!?:]|$))");

    /** @param speaker null if nobody said it */
    static Traits of(String text, @Nullable String speaker) {
        int bits = tellsTime(text) ? TELLS_TIME : 0;
        bits |= text.chars().anyMatch(Character::isDigit) ? HAS_NUMBER : 0;
        bits |= USER_SPEAKER.equals(speaker)
                        && text.length() < SHORT_PREFERENCE
                        && LIKES.matcher(text).find()
                ? PREFERENCE
                : 0;
        bits |= ASSISTANT_SPEAKER.equals(speaker) ? ASSISTANT : 0;
        return new Traits(
                bits,
                text.length() < SHORT ? asking(text) : 0,
                words(PROPER, text, NAMES_WITHIN),
                words(GREETING, text, GREETING_WITHIN));
    }

    /** The pattern is tried only where one of its last words stands: words as it bounds them, of letters, digits and {@code _}. */
    private static boolean tellsTime(String text) {
        Matcher time = TIME.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (c < 128 && (Character.isLetterOrDigit(c) || c == '_')) {
                continue;
            }
            if (isLastOfTime(text, start, i)
                    && time.region(Math.max(0, start - LONGEST_BEFORE), i).find()) {
                return true;
            }
            start = i + 1;
        }
        return false;
    }

    private static boolean isLastOfTime(String text, int start, int end) {
        int length = end - start;
        return length > 2
                && length <= LONGEST_TIME_WORD
                && (isYear(text, start, length)
                        || TIME_WORDS.contains(text.substring(start, end).toLowerCase(Locale.ROOT)));
    }

    private static boolean isYear(String text, int start, int length) {
        return length == 4 && (text.startsWith("19", start) || text.startsWith("20", start));
    }

    private static float asking(String text) {
        long marks = text.chars().filter(c -> c == '?').count();
        if (marks == 0) {
            return 0;
        }
        long sentences = 0;
        int from = 0;
        for (Matcher end = SENTENCE_END.matcher(text); end.find(); from = end.end()) {
            sentences++;
        }
        sentences += text.substring(from).isBlank() ? 0 : 1;
        return Math.min(1, (float) marks / Math.max(1, sentences));
    }

    private static List<String> words(Pattern pattern, String text, int within) {
        Set<String> words = new LinkedHashSet<>();
        Matcher found = pattern.matcher(text.substring(0, Math.min(within, text.length())));
        while (words.size() < MAX_WORDS && found.find()) {
            words.add(found.group(1).toLowerCase(Locale.ROOT));
        }
        return List.copyOf(words);
    }
}
