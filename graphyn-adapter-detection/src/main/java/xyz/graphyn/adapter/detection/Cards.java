package xyz.graphyn.adapter.detection;

import org.apache.commons.validator.routines.CreditCardValidator;
import org.apache.commons.validator.routines.CreditCardValidator.CreditCardRange;
import xyz.graphyn.domain.masking.Kind;

/**
 * Numbers of payment cards (ISO/IEC 7812): 12 to 19 digits in the ranges of the issuers, with Luhn's check digit. Times in
 * milliseconds, of 13 digits, start with 1 until the year 2033 and with 2 or 3 until 2096; cards of 13 digits with 4.
 */
final class Cards implements NumberCheck {
    private static final CreditCardValidator VALIDATOR = new CreditCardValidator(new CreditCardRange[] {
        range("4", null, 13),
        range("4", null, 16),
        range("4", null, 18, 19),
        range("51", "55", 16),
        range("2221", "2720", 16),
        range("34", null, 15),
        range("37", null, 15),
        range("300", "305", 14, 19),
        range("3095", null, 14, 19),
        range("36", null, 14, 19),
        range("38", "39", 14, 19),
        range("6011", null, 16, 19),
        range("644", "649", 16, 19),
        range("65", null, 16, 19),
        range("3528", "3589", 16, 19),
        range("35", null, 16),
        range("2131", null, 15),
        range("1800", null, 15),
        range("62", null, 16, 19),
        range("81", null, 16, 19),
        range("2200", "2204", 16, 19),
        range("9792", null, 16),
        range("60", null, 16),
        range("82", null, 16),
        range("508", null, 16),
        range("5019", null, 16),
        range("5018", null, 12, 19),
        range("5020", null, 12, 19),
        range("5038", null, 12, 19),
        range("5893", null, 12, 19),
        range("56", "58", 12, 19),
        range("6304", null, 12, 19),
        range("6390", null, 12, 19),
        range("67", null, 12, 19),
        range("0604", null, 12, 19),
        range("50", null, 16),
        range("636297", null, 16),
        range("636368", null, 16),
    });

    private static final int MIN = 12;
    private static final int MAX = 19;

    @Override
    public int check(NumberRun run) {
        for (int groups = run.groups(); groups > 0; groups--) {
            int digits = run.digits(groups);
            if (digits < MIN
                    || digits > MAX
                    || !mayBeIssued(run.digit(0), digits)
                    || !isLaidOut(run, groups)
                    || !run.standsAlone(groups)) {
                continue;
            }
            run.scan.worked(digits);
            if (VALIDATOR.isValid(run.number(groups)) && !isRepetition(run, digits)) {
                run.scan.hit(run.start(), run.end(groups), Kind.CREDIT_CARD, "card-number", 65);
                return run.end(groups);
            }
        }
        return 0;
    }

    /** Asked before the library, which is slow to say no to the many times and counters that are as long as cards. */
    private static boolean mayBeIssued(char first, int digits) {
        return switch (first) {
            case '1' -> digits == 15;
            case '2' -> digits >= 15;
            case '3' -> digits >= 14;
            case '7' -> false;
            case '8', '9' -> digits >= 16;
            default -> true;
        };
    }

    /** In one, or in groups of four and the like. */
    private static boolean isLaidOut(NumberRun run, int groups) {
        if (groups == 1) {
            return true;
        }
        if (groups < 3
                || !run.evenlyJoined(groups)
                || (run.joint() != ' ' && run.joint() != '-' && run.joint() != '.')) {
            return false;
        }
        for (int i = 0; i < groups - 1; i++) {
            if (run.length(i) < 4 || run.length(i) > 7) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRepetition(NumberRun run, int digits) {
        for (int i = 1; i < digits; i++) {
            if (run.digit(i) != run.digit(0)) {
                return false;
            }
        }
        return true;
    }

    private static CreditCardRange range(String low, @org.jspecify.annotations.Nullable String high, int... lengths) {
        return new CreditCardRange(low, high == null ? low : high, lengths[0], lengths[lengths.length - 1]);
    }
}
