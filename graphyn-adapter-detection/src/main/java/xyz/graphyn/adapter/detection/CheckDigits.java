package xyz.graphyn.adapter.detection;

import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;
import org.apache.commons.validator.routines.checkdigit.VerhoeffCheckDigit;

/** The check digits of national numbers, each as its authority publishes it. Texts hold digits only, of the length in question. */
final class CheckDigits {
    private CheckDigits() {}

    static boolean luhn(String number) {
        return LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(number);
    }

    static boolean verhoeff(String number) {
        return VerhoeffCheckDigit.VERHOEFF_CHECK_DIGIT.isValid(number);
    }

    static int digit(String number, int index) {
        return number.charAt(index) - '0';
    }

    /** The sum of digits, each times its weight, from the first. */
    static int sum(String number, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += digit(number, i) * weights[i];
        }
        return sum;
    }

    /** ISO/IEC 7064, MOD 11,10. */
    static boolean mod11And10(String number) {
        int product = 10;
        for (int i = 0; i < number.length() - 1; i++) {
            int sum = (digit(number, i) + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == digit(number, number.length() - 1);
    }

    /** Whether two digits each from a place on can be a month and a day. */
    static boolean isMonthAndDay(String number, int at) {
        return isDay(number, at + 2) && isMonth(number, at);
    }

    static boolean isMonth(String number, int at) {
        int month = digit(number, at) * 10 + digit(number, at + 1);
        return month >= 1 && month <= 12;
    }

    static boolean isDay(String number, int at) {
        int day = digit(number, at) * 10 + digit(number, at + 1);
        return day >= 1 && day <= 31;
    }

    /** Whether two digits from a place on can be a day of a month. */
    static boolean isDayOf(String number, int at, int month) {
        int day = digit(number, at) * 10 + digit(number, at + 1);
        int last = month == 2 ? 29 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
        return day >= 1 && day <= last;
    }

    static boolean varied(String number) {
        return number.chars().distinct().count() > 2;
    }
}
