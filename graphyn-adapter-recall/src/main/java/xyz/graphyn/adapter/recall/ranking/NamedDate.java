package xyz.graphyn.adapter.recall.ranking;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Days and months that a question names: {@code 7 May 2023}, {@code in May}, {@code May 7th}, {@code 2023-05-07},
 * {@code 7/5/2023}, which may be read either way.
 *
 * @param year null if none was named
 * @param day of the month; null for all of it
 */
record NamedDate(
        @Nullable Integer year, int month, @Nullable Integer day) {
    private static final Map<String, Integer> MONTHS = months();

    /** A question names few; a page of text is none about a day. */
    private static final int MAX_DATES = 8;

    private static final Pattern WORDS = Pattern.compile(
            "\\b(?:(?<before>\\d{1,2})(?:st|nd|rd|th)?(?: of)? )?(?<month>" + String.join("|", MONTHS.keySet())
                    + ")\\b\\.?(?: (?<after>\\d{1,2})(?:st|nd|rd|th)?\\b(?!\\d))?(?:,? (?<year>(?:19|20)\\d\\d))?");
    private static final Pattern SLASHES =
            Pattern.compile("\\b(?<one>\\d{1,2})[./](?<two>\\d{1,2})[./](?<year>(?:(?:19|20)\\d\\d|\\d\\d))\\b");
    private static final Pattern ISO =
            Pattern.compile("\\b(?<year>(?:19|20)\\d\\d)-(?<month>\\d\\d)-(?<day>\\d\\d)\\b");

    /** What makes a month of words that are also verbs or names. */
    private static final Pattern INTRODUCED =
            Pattern.compile("\\b(?:in|on|of|since|until|by|during|before|after|early|late|mid|last|next|this) $");

    private static Map<String, Integer> months() {
        Map<String, Integer> months = new java.util.LinkedHashMap<>();
        String[] names = {
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december"
        };
        for (int i = 0; i < names.length; i++) {
            months.put(names[i], i + 1);
        }
        months.put("sept", 9);
        for (int i = 0; i < names.length; i++) {
            months.putIfAbsent(names[i].substring(0, 3), i + 1);
        }
        return months;
    }

    static List<NamedDate> of(String question) {
        String text = question.toLowerCase(Locale.ROOT);
        List<NamedDate> dates = new ArrayList<>();
        for (Matcher found = WORDS.matcher(text); found.find() && dates.size() < MAX_DATES; ) {
            String day = found.group("before") == null ? found.group("after") : found.group("before");
            String month = found.group("month");
            boolean plain = day == null && found.group("year") == null;
            if (plain
                    && (month.equals("may") || month.equals("mar") || month.equals("march"))
                    && !INTRODUCED
                            .matcher(text.substring(Math.max(0, found.start() - 10), found.start()))
                            .find()) {
                continue;
            }
            dates.add(new NamedDate(number(found.group("year")), MONTHS.getOrDefault(month, 1), number(day)));
        }
        for (Matcher found = SLASHES.matcher(text); found.find() && dates.size() < MAX_DATES; ) {
            int year = Integer.parseInt(found.group("year"));
            int one = Integer.parseInt(found.group("one"));
            int two = Integer.parseInt(found.group("two"));
            add(dates, year < 100 ? year + 2_000 : year, one, two);
            if (one != two) {
                add(dates, year < 100 ? year + 2_000 : year, two, one);
            }
        }
        for (Matcher found = ISO.matcher(text); found.find() && dates.size() < MAX_DATES; ) {
            add(
                    dates,
                    Integer.parseInt(found.group("year")),
                    Integer.parseInt(found.group("month")),
                    Integer.parseInt(found.group("day")));
        }
        return dates;
    }

    private static void add(List<NamedDate> dates, int year, int month, int day) {
        if (month >= 1 && month <= 12 && day >= 1 && day <= 31) {
            dates.add(new NamedDate(year, month, day));
        }
    }

    private static @Nullable Integer number(@Nullable String digits) {
        return digits == null ? null : Integer.valueOf(digits);
    }

    /**
     * The first and the last day that are meant, in days since 1970.
     *
     * @param ifNone the year that is meant if none was named
     * @return null if there is no such day
     */
    long @Nullable [] days(int ifNone) {
        try {
            YearMonth named = YearMonth.of(year == null ? ifNone : year, month);
            LocalDate first = named.atDay(day == null ? 1 : day);
            LocalDate last = day == null ? named.atEndOfMonth() : first;
            return new long[] {first.toEpochDay(), last.toEpochDay()};
        } catch (DateTimeException e) {
            return null;
        }
    }
}
