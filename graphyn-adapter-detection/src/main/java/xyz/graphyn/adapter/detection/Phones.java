package xyz.graphyn.adapter.detection;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import xyz.graphyn.domain.masking.Kind;

/**
 * Phone numbers: international ones, those of the organization's countries, and whatever is laid out as a number next to words
 * that say so. Asking the library takes microseconds, so it is asked last, about the few runs of digits that nothing rules out.
 */
final class Phones implements NumberCheck {
    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();
    private static final int WEIGHT = 20;
    private static final int SURE = 30;
    private static final int MIN = 6;
    /** Without anything between its digits. */
    private static final int MIN_PLAIN = 7;

    private static final int MAX = 15;
    /** The characters that the library is given; a number takes fewer. */
    private static final int MAX_LENGTH = 40;

    private final List<String> regions;

    Phones(Set<String> regions) {
        this.regions = regions.stream().sorted().toList();
    }

    /** Which of these are no countries that the library knows. */
    static List<String> unknown(Set<String> regions) {
        List<String> unknown = new ArrayList<>(regions);
        unknown.removeAll(LIBRARY.getSupportedRegions());
        unknown.sort(null);
        return unknown;
    }

    @Override
    public int check(NumberRun run) {
        Scan scan = run.scan;
        int start = run.start();
        char before = scan.at(start - 1);
        if (before == '(') {
            start--;
            before = scan.at(start - 1);
        }
        boolean plus = before == '+';
        if (plus) {
            start--;
            before = scan.at(start - 1);
        }
        if (!mayStart(scan, start, before) || (!plus && isList(run))) {
            return 0;
        }
        for (int groups = run.groups(); groups > 0; groups--) {
            int digits = run.digits(groups);
            if (digits >= MIN && digits <= MAX && endsWell(scan, run.end(groups))) {
                int end = judge(run, groups, start, plus);
                if (end > 0) {
                    return end;
                }
            }
        }
        return 0;
    }

    /** Within a row of numbers that are joined alike, or of single digits: no number starts here that did not before. */
    private static boolean isList(NumberRun run) {
        if (run.groups() < 2) {
            return false;
        }
        boolean goesOn = Scan.isDigit(run.scan.at(run.start() - 2)) && run.scan.at(run.start() - 1) == run.joint();
        boolean singles = run.groups() > 2 && run.length(1) == 1 && run.length(2) == 1;
        return singles || (goesOn && run.groups() > 3);
    }

    private static boolean mayStart(Scan scan, int start, char before) {
        if (Scan.isAlphanumeric(before)
                || before == '_'
                || before == '#'
                || before == '$'
                || before == '€'
                || before == '£'
                || before == '%'
                || before == '@') {
            return false;
        }
        char further = scan.at(start - 2);
        return switch (before) {
            case '-', '.', '/', ',', '=', '&', '~' ->
                !Scan.isAlphanumeric(further) || (before == '=' && Scan.isLetter(further));
            case ':' -> !Scan.isDigit(further);
            case '\\' -> false;
            default -> true;
        };
    }

    private static boolean endsWell(Scan scan, int end) {
        char after = scan.at(end);
        char further = scan.at(end + 1);
        if (after == 'x' || after == 'X') {
            return Scan.isDigit(further);
        }
        if (after == '-' || after == '/') {
            return !Scan.isAlphanumeric(further)
                    || PhoneWords.CALLS.in(scan.text.substring(end + 1, Math.min(scan.text.length(), end + 8)));
        }
        if (after == ':' || after == '.' || after == ',') {
            return !Scan.isDigit(further);
        }
        return !Scan.isAlphanumeric(after)
                && after != '_'
                && after != '%'
                && after != '@'
                && after != '°'
                && after != '€'
                && after != '$';
    }

    private int judge(NumberRun run, int groups, int start, boolean plus) {
        Scan scan = run.scan;
        int end = run.end(groups);
        boolean laidOut = groups > 1 || scan.at(start) == '(';
        boolean date = isDate(run, groups) || isOther(run, groups);
        if (date && !plus) {
            return 0;
        }
        if (!plus && !laidOut && (run.digits(1) < MIN_PLAIN || isTime(run))) {
            return 0;
        }
        boolean called = isCalled(scan, start, end, laidOut ? Words.NEAR : 30);
        String written = scan.text.substring(start, Math.min(end, start + MAX_LENGTH));
        boolean found;
        if (plus) {
            found = ask(scan, written, "ZZ", called) || called;
        } else if (laidOut) {
            found = called
                    || (isNorthAmerican(run, groups) && !isNamedOtherwise(scan, start))
                    || (run.digits(groups) >= (isLoose(run, groups) ? 9 : 7)
                            && !isNamedOtherwise(scan, start)
                            && inRegions(scan, written));
        } else {
            boolean alone = isWhole(scan, start, end);
            found = (called && !isNamedOtherwise(scan, start))
                    || (alone && !scan.number && run.digits(1) >= 9 && inRegions(scan, written));
        }
        if (!found) {
            return 0;
        }
        int to = extended(scan, end);
        scan.hit(start, to, Kind.PHONE, "phone", plus || called ? SURE : WEIGHT);
        return to;
    }

    private boolean inRegions(Scan scan, String written) {
        if (written.startsWith("00") && ask(scan, "+" + written.substring(2), "ZZ", false)) {
            return true;
        }
        for (String region : regions) {
            if (ask(scan, written, region, false)) {
                return true;
            }
        }
        return false;
    }

    private static boolean ask(Scan scan, String written, String region, boolean called) {
        if (!scan.mayAsk()) {
            // Nobody writes so many numbers without meaning harm; they are hidden, unasked.
            return true;
        }
        scan.worked(written.length());
        try {
            PhoneNumber number = LIBRARY.parse(written, region);
            return region.equals("ZZ")
                    ? LIBRARY.isValidNumber(number)
                            || (called && LIBRARY.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE)
                            || (written.indexOf(' ') > 0 && LIBRARY.isPossibleNumber(number))
                    : LIBRARY.isValidNumberForRegion(number, region);
        } catch (NumberParseException noNumber) {
            return false;
        }
    }

    private static boolean isCalled(Scan scan, int start, int end, int near) {
        if (PhoneWords.CALLS.named(scan)) {
            return true;
        }
        String line = Words.before(scan, start, near);
        int newLine = line.lastIndexOf('\n');
        boolean said =
                PhoneWords.CALLS.in(newLine >= 0 && newLine < line.length() - 3 ? line.substring(newLine) : line);
        return said || PhoneWords.CALLS.in(scan.text.substring(end, Math.min(scan.text.length(), end + 10)));
    }

    private static boolean isNamedOtherwise(Scan scan, int start) {
        return PhoneWords.OTHERS.in(Words.before(scan, start, 20)) || PhoneWords.OTHERS.named(scan);
    }

    private static boolean isWhole(Scan scan, int start, int end) {
        return start <= 1 && scan.text.length() - end <= 1;
    }

    /** Seconds or milliseconds of our time, and days as yyyymmdd. */
    private static boolean isTime(NumberRun run) {
        int digits = run.digits(1);
        boolean epoch =
                (digits == 10 || digits == 13) && run.digit(0) == '1' && run.digit(1) >= '4' && run.digit(1) <= '9';
        boolean day = digits == 8 && isYear(run, 0) && run.digit(4) <= '1';
        return epoch || day;
    }

    private static boolean isYear(NumberRun run, int from) {
        return (run.digit(from) == '1' && run.digit(from + 1) == '9')
                || (run.digit(from) == '2' && run.digit(from + 1) == '0');
    }

    private static boolean isDate(NumberRun run, int groups) {
        if (groups >= 2 && run.length(0) == 4 && isYear(run, 0) && run.length(1) <= 2) {
            return true;
        }
        if (groups >= 2 && run.length(0) == 8 && isYear(run, 0) && run.length(1) <= 2) {
            return true;
        }
        if (groups >= 2 && run.length(0) == 4 && run.length(1) == 4 && isYear(run, 0) && isYear(run, 4)) {
            return true;
        }
        return groups >= 3
                && run.length(0) <= 2
                && run.length(1) <= 2
                && run.length(2) == 4
                && isYear(run, run.digits(2))
                && (run.joint() == '/' || run.joint() == '-' || run.joint() == '.');
    }

    /** Addresses, social security numbers, postal codes, ISBNs, decimal numbers, fractions. */
    private static boolean isOther(NumberRun run, int groups) {
        if (groups == 4
                && run.joint() == '.'
                && run.evenlyJoined(4)
                && run.length(0) <= 3
                && run.length(1) <= 3
                && run.length(2) <= 3
                && run.length(3) <= 3) {
            return true;
        }
        if (groups == 3 && run.length(0) == 3 && run.length(1) == 2 && run.length(2) == 4 && run.joint() == '-') {
            return true;
        }
        if (groups == 2 && run.length(0) == 5 && run.length(1) == 4 && run.joint() == '-') {
            return true;
        }
        if (groups == 2 && (run.joint() == '.' || run.joint() == '/')) {
            return true;
        }
        return groups == 5 && run.digits(5) == 13 && run.digit(0) == '9' && run.digit(1) == '7';
    }

    /** Three, three and four digits, as they are written in the countries of +1, whether the number was given out or not. */
    private boolean isNorthAmerican(NumberRun run, int groups) {
        return groups == 3
                && run.length(0) == 3
                && run.length(1) == 3
                && run.length(2) == 4
                && run.joint() != ' '
                && run.joint() != '/'
                && run.digit(0) > '1'
                && (regions.contains("US") || regions.contains("CA"));
    }

    /** Two or three numbers side by side, as in an address, or with one mark between them. */
    private static boolean isLoose(NumberRun run, int groups) {
        return groups == 2 || (groups == 3 && run.joint() == ' ');
    }

    /** With the number of an extension, if one follows. */
    private static int extended(Scan scan, int end) {
        int at = end;
        while (at - end < 3 && (scan.at(at) == ' ' || scan.at(at) == ',')) {
            at++;
        }
        for (String word : new String[] {"extension", "ext.", "ext", "x", "#"}) {
            if (scan.text.regionMatches(true, at, word, 0, word.length())) {
                int digits = at + word.length();
                if (scan.at(digits) == ' ') {
                    digits++;
                }
                int to = digits;
                while (to - digits < 7 && Scan.isDigit(scan.at(to))) {
                    to++;
                }
                if (to > digits && !Scan.isAlphanumeric(scan.at(to))) {
                    return to;
                }
            }
        }
        return end;
    }
}
