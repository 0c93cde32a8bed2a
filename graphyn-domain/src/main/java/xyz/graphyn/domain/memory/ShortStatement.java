package xyz.graphyn.domain.memory;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One short sentence that tells of something what can be only one thing at a time: {@code My budget is 500 euros},
 * {@code Ada lives in Vienna}. Of two that tell it of the same subject in the same way, the newer one holds. English only; what
 * it is not sure of is none.
 *
 * @param subject of what it is told, in lower case: of whoever speaks, where it is {@code i} or begins with {@code my}
 * @param relation what is told of it, without the value: the sort of value and its unit, or a word such as {@code home}
 */
public record ShortStatement(String subject, String relation) {
    public static final int MOST_WORDS = 30;
    private static final int LONGEST = 300;

    private static final String NUMBER = "[-+]?\\d+(?:[.,]\\d+)*";
    private static final String MONTH =
            "(?:january|february|march|april|may|june|july|august|september|october|november|december"
                    + "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)";
    private static final String WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)days?";

    private static final Pattern SENTENCE_WITHIN = Pattern.compile("[.!?;:\u2026]\\s|[\\n\\r?\"\u201c]");
    private static final Pattern END = Pattern.compile("[\\s.!]+$");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern OPENING = Pattern.compile(
            "^(?:(?:ok(?:ay)?|well|so|oh|actually|now|hi|hey|hello|sorry|yes|yeah|no|update|correction|note|fyi|btw|by the way"
                    + "|please note that|just so you know|remember that|as of now|currently)[,:]? )+",
            Pattern.CASE_INSENSITIVE);

    /** In their order: what was put in place of a value is none of the next. */
    private enum Sort {
        DAY_AND_TIME(
                "\\d{4}-\\d\\d-\\d\\d(?:[t ]\\d\\d:\\d\\d(?::\\d\\d)?z?)?|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}", "date"),
        DATE(
                "(?:" + WEEKDAY + ",? )?(?:the )?(?:\\d{1,2}(?:st|nd|rd|th)? (?:of )?)?\\b" + MONTH
                        + "\\b(?: (?:the )?\\d{1,2}(?:st|nd|rd|th)?)?(?:,? \\d{4})?|" + WEEKDAY,
                "date"),
        TIME(
                "\\d{1,2}:\\d\\d(?: ?[ap]\\.?m\\b\\.?)?|\\d{1,2} ?[ap]\\.?m\\b\\.?|\\d{1,2} o'clock|\\bnoon\\b|\\bmidnight\\b",
                "time"),
        AMOUNT(
                "[$\u20ac\u00a3\u00a5] ?" + NUMBER + "(?:k|m|bn)?\\b|" + NUMBER
                        + " ?(?:k |m )?(?:\u20ac|\u00a3|euros?\\b|eur\\b|dollars?\\b|usd\\b|bucks\\b|pounds?\\b|gbp\\b|francs?\\b|chf\\b)",
                "amount"),
        PERCENT(NUMBER + " ?(?:%|percent\\b)", "percent"),
        NUMBER_ALONE(NUMBER, "number");

        private final Pattern pattern;
        private final String name;

        Sort(String pattern, String name) {
            this.pattern = Pattern.compile(pattern);
            this.name = "<" + name + ">";
        }
    }

    private static final Pattern MASK = Pattern.compile("\\[([a-z][a-z0-9_]*)](?:#\\d+)?");
    private static final Pattern VALUE_OPENING = Pattern.compile(
            "^(?:(?:now|currently|still|actually|about|around|roughly|approximately|only|exactly|just|at|on|in|by|due|set|scheduled"
                    + "|for|to) )+");
    private static final Pattern AGE = Pattern.compile("(?:now )?<number>(?: years old)?");
    private static final Set<String> SPEAKING = Set.of("i", "we");
    private static final Pattern OF_MANY = Pattern.compile(" (?:live|work) ", Pattern.CASE_INSENSITIVE);
    private static final Pattern VALUE =
            Pattern.compile("<\\w+>(?: ?(?:-|to|at|,|and|on|from|until)? ?<\\w+>){0,3}(?: (?:per |an? )?[a-z]+){0,3}");

    private static final String WORDS = "[\\p{L}'-]+(?: [\\p{L}'-]+){0,5}?";
    private static final String SUBJECT = "(?<subject>i|we|(?:my|our|the|his|her|their) " + WORDS + "|" + WORDS + ")";
    private static final Pattern COPULA = Pattern.compile(
            "^" + SUBJECT
                    + "(?: is| are| am|'s|'m|'re|(?: has| have| was| were)?(?: been)? (?:changed|increased|reduced|raised|lowered|moved) to)"
                    + " (?<value>.+)$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern HOME = Pattern.compile(
            "^" + SUBJECT
                    + "(?: (?:now|still|currently|just|recently|finally))?(?: live| lives|(?: am| is| are|'m|'s|'re)(?: now| still"
                    + "| currently)? living| moved|(?: have| has|'ve|'s)(?: just| recently| finally| now)? moved) (?:in|to)"
                    + " (?<value>.+)$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern WORK = Pattern.compile(
            "^" + SUBJECT
                    + "(?: (?:now|still|currently))?(?: work| works|(?: am| is| are|'m|'s|'re)(?: now| still| currently)? working)"
                    + "(?: now)? (?:at|for) (?<value>.+)$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile(
            "^(?:(?<subject>my) name(?: is|'s)|(?:please )?call (?<called>me)) (?<value>(?:now )?[\\p{L}\\[][^,]*)$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ONE_OF_A_KIND = Pattern.compile(
            "^(?<subject>(?:my|our|his|her|their|" + WORDS
                    + "'s) (?:(?:all-time )?favou?rite (?!part |thing |one |ones |bit |moment |memory |time |way |place to )"
                    + "[\\p{L}-]+(?: [\\p{L}-]+){0,2}?|(?:work |home |private |postal |delivery |shipping )?(?:e-?mail(?: address)?"
                    + "|address|phone(?: number)?|mobile(?: number)?|birthday|time ?zone|hometown|nickname|username|employer"
                    + "|job title))) is(?: now)? (?<value>.+)$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern NO_STATEMENT = Pattern.compile(
            "\\b(?:not|never|no longer|nor|if|unless|when|whether|maybe|perhaps|might|would|could|should|think|guess|hope|because|but"
                    + "|although|than|or|used to|almost|nearly|at least|at most|more|less|another|each|every|some|one of|said|says"
                    + ")\\b|n't\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_SUBJECT = Pattern.compile(
            "\\b(?:it|this|that|these|those|there|here|who|which|what|how|where|why|you|he|she|they|and|is|are|was|were|be|been"
                    + "|have|has|had|do|does|did|will|can|to|with|for|at|" + MONTH + "|" + WEEKDAY + ")\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern OWN =
            Pattern.compile("^(?:i|we|(?:my|our|the|his|her|their) .+)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern DATE_ONLY =
            Pattern.compile("^(?:" + MONTH + "|" + WEEKDAY + ")\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern POINTING = Pattern.compile(
            "^(?:this|that|it|these|those|there|here|the one|the same|also)\\b", Pattern.CASE_INSENSITIVE);

    /**
     * @param masked as nobody sees more of it: a hidden value is one of its kind, and two of a kind are not compared
     * @return empty if it is anything else
     */
    public static Optional<ShortStatement> of(String masked) {
        if (masked.length() > LONGEST) {
            return Optional.empty();
        }
        String whole = OPENING.matcher(masked.strip().replace('\u2019', '\'')).replaceFirst("");
        if (SENTENCE_WITHIN.matcher(whole).find()) {
            return Optional.empty();
        }
        String text = SPACES.matcher(END.matcher(whole).replaceAll("")).replaceAll(" ");
        if (text.isBlank()
                || text.chars().filter(c -> c == ' ').count() >= MOST_WORDS
                || NO_STATEMENT.matcher(text).find()) {
            return Optional.empty();
        }
        for (Pattern place : new Pattern[] {HOME, WORK}) {
            ShortStatement found = inPlace(place.matcher(text), place == HOME ? "home" : "work");
            if (found != null) {
                return Optional.of(found);
            }
        }
        Matcher name = NAME.matcher(text);
        if (name.matches()) {
            return Optional.of(new ShortStatement("i", "name"));
        }
        Matcher only = ONE_OF_A_KIND.matcher(text);
        if (only.matches() && !POINTING.matcher(only.group("value")).find() && isSubject(only.group("subject"))) {
            return Optional.of(new ShortStatement(spelled(lower(only.group("subject"))), "is"));
        }
        return Optional.ofNullable(valued(COPULA.matcher(text)));
    }

    /** Whether the subject is another one in every conversation: {@code the meeting}. */
    public boolean isOfItsSession() {
        return subject.startsWith("the ")
                || subject.startsWith("his ")
                || subject.startsWith("her ")
                || subject.startsWith("their ");
    }

    private static @Nullable ShortStatement inPlace(Matcher found, String relation) {
        if (!found.matches() || !isSubject(found.group("subject"))) {
            return null;
        }
        String value = found.group("value");
        String subject = lower(found.group("subject"));
        boolean named = Character.isUpperCase(value.codePointAt(0)) || value.startsWith("[");
        boolean agrees =
                SPEAKING.contains(subject) || !OF_MANY.matcher(found.group()).find();
        return named && agrees && !DATE_ONLY.matcher(value).find() ? new ShortStatement(subject, relation) : null;
    }

    private static @Nullable ShortStatement valued(Matcher found) {
        if (!found.matches() || !isSubject(found.group("subject"))) {
            return null;
        }
        String value = MASK.matcher(lower(found.group("value"))).replaceAll("<$1>");
        for (Sort sort : Sort.values()) {
            value = sort.pattern.matcher(value).replaceAll(sort.name);
        }
        String subject = lower(found.group("subject"));
        boolean fits = subject.equals("i") ? AGE.matcher(value).matches() : !subject.equals("we");
        value = VALUE_OPENING.matcher(value).replaceFirst("");
        return fits && VALUE.matcher(value).matches() ? new ShortStatement(subject, value) : null;
    }

    /** The speaker, something of somebody's, or a name. */
    private static boolean isSubject(String subject) {
        if (OWN.matcher(subject).matches()) {
            return !NO_SUBJECT.matcher(subject).find();
        }
        for (String word : subject.split(" ", -1)) {
            if (!Character.isUpperCase(word.codePointAt(0)) && !subject.contains("'s ")) {
                return false;
            }
        }
        return Character.isUpperCase(subject.codePointAt(0))
                && !NO_SUBJECT.matcher(subject).find();
    }

    /** What is spelled in more ways than one. */
    private static String spelled(String subject) {
        return subject.replace("favour", "favor")
                .replace("colour", "color")
                .replace("e-mail", "email")
                .replace("email address", "email")
                .replace("phone number", "phone")
                .replace("timezone", "time zone");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
