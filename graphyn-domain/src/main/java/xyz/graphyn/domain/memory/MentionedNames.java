package xyz.graphyn.domain.memory;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text names: people, places and things, told by their capitals. Made for languages that write names with a capital and
 * other words without; in others it finds few names, or none.
 *
 * @param certain runs of capitalized words within a sentence, with small words such as {@code of} or {@code van der} between
 *     them, as they are spelled; at most {@value #MOST}
 * @param possible runs at the beginning of a sentence, where any word has a capital: names if they are known as such; at most
 *     {@value #MOST}
 */
public record MentionedNames(List<String> certain, List<String> possible) {
    /** Of one text. What names more is a list, and links to everything. */
    public static final int MOST = 8;

    /** A longer run is a headline. */
    public static final int LONGEST = 60;

    /** In UTF-16 units. What matters is named early, and a megabyte takes no longer than a page. */
    private static final int WITHIN = 4_000;

    private static final int LONGEST_RUN = 6;

    /** A sentence of so many words, most with a capital, is a headline. */
    private static final int HEADLINE = 4;

    private static final Pattern MASK = Pattern.compile("\\[[A-Z][A-Z0-9_]*](?:#\\d+)?");
    private static final Pattern FENCED = Pattern.compile("```.*?(?:```|\\z)|`[^`\n]*`", Pattern.DOTALL);
    private static final Pattern WORD =
            Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*(?:['\u2019&-][\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*)*");
    private static final Pattern POSSESSIVE = Pattern.compile("['\u2019][sS]$");
    private static final Pattern CONTRACTION = Pattern.compile("['\u2019](?:s|m|d|t|ll|re|ve)$");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private static final Set<String> CONNECTING =
            words("of de der den del della di da do dos du la le van von bin ibn al");
    private static final Set<String> TITLES = words("mr mrs ms dr prof st sr jr sir");

    /** With a capital, and no names: or none that tell nodes apart. */
    private static final Set<String> NO_NAMES = words("""
            i im ill ive id january february march april may june july august september october november december jan feb mar
            apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mondays tuesdays
            wednesdays thursdays fridays saturdays sundays mon tue tues wed thu thur thurs fri sat sun mr mrs ms dr prof sir
            am pm ok okay hi hey hello bye goodbye cheers congrats thanks thank yes yeah yep no nope wow lol omg haha hahaha
            god gosh mom mum dad mama papa grandma grandpa""");

    /** A sentence begins with these, and goes on with a name. */
    private static final Set<String> BEGINNINGS = words("""
            a about after again all also although always an and another any are as ask at aw aww based because before besides
            both but by call can check congratulations consider could dear did do does during each either even ever every for
            from get give go good great had happy has have he her here his how however if imagine in inside into is it its just
            last later lately let like love many maybe meet met most my near never next nice not now oh on once one only or our
            out over perhaps please recently remember right same see she should since so some sometimes sorry still sure take
            tell that the their then there these they this those though through to today tomorrow tonight too try under unless
            until use using very visit visited was we welcome well were what when where whether which while who whose why will
            with within without would yesterday yet you your""");

    public MentionedNames {
        certain = List.copyOf(certain);
        possible = List.copyOf(possible);
    }

    private static Set<String> words(String list) {
        return Set.of(list.strip().split("\\s+", -1));
    }

    private record Word(String text, String folded, boolean begins, boolean joined, boolean ends) {
        boolean isCapitalized() {
            return Character.isUpperCase(text.codePointAt(0)) || Character.isTitleCase(text.codePointAt(0));
        }

        boolean isShouted() {
            return text.length() > 1 && text.equals(text.toUpperCase(Locale.ROOT));
        }
    }

    /** @param masked nothing that is hidden may stand in it */
    public static MentionedNames in(String masked) {
        String text = masked.substring(0, Math.min(WITHIN, masked.length()));
        text = MASK.matcher(FENCED.matcher(text).replaceAll("\n")).replaceAll("\n");
        Map<String, String> certain = new LinkedHashMap<>();
        Map<String, String> possible = new LinkedHashMap<>();
        for (List<Word> sentence : sentences(text)) {
            if (!isHeadline(sentence)) {
                for (int at = 0; at < sentence.size(); ) {
                    int end = endOfRun(sentence, at);
                    if (end > at) {
                        take(sentence.subList(at, end), certain, possible);
                    }
                    at = Math.max(end, at + 1);
                }
            }
        }
        certain.keySet().forEach(possible::remove);
        return new MentionedNames(most(certain), most(possible));
    }

    private static List<String> most(Map<String, String> names) {
        return names.values().stream().limit(MOST).toList();
    }

    /** How names are compared: without regard to case, accents and the kind of space. */
    public static String folded(String name) {
        String plain =
                MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
        return SPACES.matcher(plain.replace('\u2019', '\'').strip())
                .replaceAll(" ")
                .toLowerCase(Locale.ROOT);
    }

    private static List<List<Word>> sentences(String text) {
        List<List<Word>> sentences = new ArrayList<>();
        List<Word> sentence = new ArrayList<>();
        int last = 0;
        String before = "";
        for (Matcher found = WORD.matcher(text); found.find(); last = found.end()) {
            String gap = text.substring(last, found.start());
            String whole = found.group();
            String word = POSSESSIVE.matcher(whole).replaceAll("");
            boolean begins = sentence.isEmpty() || endsSentence(gap, before);
            if (begins && !sentence.isEmpty()) {
                sentences.add(sentence);
                sentence = new ArrayList<>();
            }
            sentence.add(new Word(
                    word,
                    folded(word),
                    begins || last == 0,
                    gap.equals(" ") || (gap.equals(". ") && TITLES.contains(before)),
                    word.length() < whole.length()));
            before = folded(word);
        }
        sentences.add(sentence);
        return sentences;
    }

    /** What is quoted, bracketed, listed or set in bold begins like a sentence. */
    private static boolean endsSentence(String gap, String before) {
        if (gap.equals(". ") && TITLES.contains(before)) {
            return false;
        }
        return gap.chars()
                .anyMatch(c ->
                        ".!?:;\u2026\n\r\"\u201c\u201d\u201e\u00ab\u00bb()[]{}*_#|/<>=~\u2022\u2013\u2014".indexOf(c)
                                        >= 0
                                || Character.isSurrogate((char) c));
    }

    private static boolean isHeadline(List<Word> sentence) {
        long capitals = sentence.stream().filter(Word::isCapitalized).count();
        return sentence.size() >= HEADLINE && capitals * 5 > sentence.size() * 3L;
    }

    private static int endOfRun(List<Word> sentence, int from) {
        if (!sentence.get(from).isCapitalized()) {
            return from;
        }
        int end = from + 1;
        while (end < sentence.size() && !sentence.get(end - 1).ends()) {
            int next = end;
            while (next < sentence.size()
                    && sentence.get(next).joined()
                    && (CONNECTING.contains(sentence.get(next).text())
                            || (next > end && sentence.get(next).text().equals("the")))) {
                next++;
            }
            if (next == sentence.size()
                    || !sentence.get(next).joined()
                    || !sentence.get(next).isCapitalized()) {
                break;
            }
            end = next + 1;
        }
        return end;
    }

    private static void take(List<Word> run, Map<String, String> certain, Map<String, String> possible) {
        boolean begins = run.getFirst().begins();
        int from = 0;
        int to = run.size();
        while (from < to && isNone(run.get(from))) {
            begins = false;
            from++;
        }
        while (to > from && isNone(run.get(to - 1))) {
            to--;
        }
        List<Word> named = run.subList(from, to);
        if (named.isEmpty()
                || named.size() > LONGEST_RUN
                || named.stream().allMatch(Word::isShouted)
                || named.stream().anyMatch(word -> word.folded().equals("i"))) {
            return;
        }
        String name = String.join(" ", named.stream().map(Word::text).toList());
        if (name.codePointCount(0, name.length()) > 1 && name.length() <= LONGEST) {
            (begins ? possible : certain).putIfAbsent(folded(name), name);
        }
    }

    /** Small words at the edge of a run, too, whatever they look like there. */
    private static boolean isNone(Word word) {
        String folded = word.folded().replace("'", "");
        return NO_NAMES.contains(folded)
                || BEGINNINGS.contains(folded)
                || CONNECTING.contains(word.text())
                || CONTRACTION.matcher(word.text()).find();
    }
}
