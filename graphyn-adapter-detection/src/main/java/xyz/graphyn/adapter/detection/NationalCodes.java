package xyz.graphyn.adapter.detection;

import static xyz.graphyn.adapter.detection.CheckDigits.digit;
import static xyz.graphyn.adapter.detection.CheckDigits.isDay;
import static xyz.graphyn.adapter.detection.CheckDigits.isDayOf;
import static xyz.graphyn.adapter.detection.CheckDigits.isMonth;
import static xyz.graphyn.adapter.detection.CheckDigits.mod11And10;
import static xyz.graphyn.adapter.detection.CheckDigits.sum;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import xyz.graphyn.domain.masking.Kind;

/** National numbers of people and companies that mix letters and digits, most with a check character. */
final class NationalCodes implements Rule {
    private static final int MIN = 8;
    private static final int MAX = 18;
    private static final int WEIGHT = 50;

    /**
     * @param shape a letter for each character: 9 a digit, A a letter, X either, and any other itself
     * @param bare whether the check says enough where no word names it
     */
    private record Code(Kind kind, String shape, boolean bare, Predicate<String> check, Words names) {}

    private static final List<Code> ALL = List.of(
            code(
                    "ES_NIF",
                    "99999999A",
                    true,
                    n -> "TRWAGMYFPDXBNJZSQVHLCKE".charAt(Integer.parseInt(n.substring(0, 8)) % 23) == n.charAt(8)),
            code(
                    "ES_NIE",
                    "A9999999A",
                    true,
                    n -> n.charAt(0) >= 'X'
                            && n.charAt(0) <= 'Z'
                            && "TRWAGMYFPDXBNJZSQVHLCKE"
                                            .charAt(Integer.parseInt(
                                                            (char) (n.charAt(0) - 'X' + '0') + n.substring(1, 8))
                                                    % 23)
                                    == n.charAt(8)),
            code("IT_FISCAL_CODE", "AAAAAAXXAXXAXXXA", true, NationalCodes::fiscal),
            code(
                    "ES_NIF",
                    "9999999A",
                    true,
                    n -> "TRWAGMYFPDXBNJZSQVHLCKE".charAt(Integer.parseInt(n.substring(0, 7)) % 23) == n.charAt(7)),
            code("SG_NRIC_FIN", "A9999999A", true, NationalCodes::nric),
            code("SG_NRIC_FIN", "A9999999A", false, n -> "STFGM".indexOf(n.charAt(0)) >= 0, "nric", "fin"),
            code(
                    "UK_NINO",
                    "AA999999A",
                    true,
                    n -> "DFIQUV".indexOf(n.charAt(0)) < 0
                            && "DFIOQUV".indexOf(n.charAt(1)) < 0
                            && n.charAt(8) <= 'D'
                            && !List.of("BG", "GB", "NK", "KN", "TN", "NT", "ZZ")
                                    .contains(n.substring(0, 2))),
            code("IN_PAN", "AAAAA9999A", true, n -> "ABCFGHJLPT".indexOf(n.charAt(3)) >= 0),
            code("IN_GSTIN", "99AAAAA9999AXZX", true, NationalCodes::state),
            code("DE_SOCIAL_SECURITY", "99999999A999", true, NationalCodes::socialSecurity),
            code("DE_VAT_ID", "DE999999999", true, n -> mod11And10(n.substring(2))),
            code("DE_HEALTH_INSURANCE", "A999999999", true, n -> healthInsurance(n)),
            code(
                    "DE_ID_CARD",
                    "XXXXXXXX9",
                    false,
                    n -> "CFGHJKLMNPRTVWXYZ".indexOf(n.charAt(0)) >= 0 && machineReadable(n),
                    "ausweis",
                    "personalausweis",
                    "id card"),
            code(
                    "DE_PASSPORT",
                    "XXXXXXXX9",
                    false,
                    n -> "CFGHJK".indexOf(n.charAt(0)) >= 0 && machineReadable(n),
                    "pass",
                    "reisepass",
                    "passport"),
            code(
                    "MEDICAL_LICENSE",
                    "AX9999999",
                    true,
                    n -> "ABCDEFGHJKLMPRSTUX".indexOf(n.charAt(0)) >= 0
                            && sum(n.substring(2), 1, 2, 1, 2, 1, 2) % 10 == digit(n, 8)),
            code(
                    "FI_PERSONAL_IDENTITY_CODE",
                    "999999.999X",
                    true,
                    n -> isMonth(n, 2)
                            && isDayOf(n, 0, digit(n, 2) * 10 + digit(n, 3))
                            && "0123456789ABCDEFHJKLMNPRSTUVWXY"
                                            .charAt(Integer.parseInt(n.substring(0, 6) + n.substring(7, 10)) % 31)
                                    == n.charAt(10)),
            code(
                    "CN_RESIDENT_ID",
                    "99999999999999999X",
                    true,
                    n -> isMonth(n, 10)
                            && isDay(n, 12)
                            && "10X98765432".charAt(sum(n, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2) % 11)
                                    == n.charAt(17)),
            code(
                    "US_MBI",
                    "9AX9AX9AA99",
                    true,
                    n -> n.charAt(0) != '0' && n.chars().noneMatch(c -> "SLOIBZ".indexOf(c) >= 0)),
            code("SG_UEN", "999999999A", false, n -> n.startsWith("20") || n.startsWith("19"), "uen"),
            code("SG_UEN", "99999999A", false, n -> true, "uen"),
            code("SG_UEN", "A99AA9999A", false, n -> "TSR".indexOf(n.charAt(0)) >= 0, "uen"));

    private static final Map<Integer, List<Code>> BY_LENGTH = byLength();

    private static Map<Integer, List<Code>> byLength() {
        Map<Integer, List<Code>> byLength = new HashMap<>();
        for (Code code : ALL) {
            byLength.merge(
                    code.shape.length(),
                    List.of(code),
                    (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream())
                            .toList());
        }
        return byLength;
    }

    @Override
    public int needs() {
        return Scan.LETTER | Scan.DIGIT;
    }

    @Override
    public void search(Scan scan) {
        String text = scan.text;
        int at = 0;
        while (at < text.length()) {
            if (!Scan.isAlphanumeric(text.charAt(at))) {
                at++;
                continue;
            }
            int end = at;
            int digits = 0;
            while (end < text.length() && Scan.isAlphanumeric(text.charAt(end))) {
                digits += Scan.isDigit(text.charAt(end)) ? 1 : 0;
                end++;
            }
            if ((digits > 0 || isMark(text, at, end)) && !isPart(scan.at(at - 1))) {
                word(scan, at, end, digits);
            }
            at = end;
        }
    }

    private static void word(Scan scan, int start, int end, int digits) {
        if (end - start >= MIN && end - start <= MAX && digits >= 4 && !isPart(scan.at(end))) {
            judge(scan, start, end, scan.text.substring(start, end));
        }
        if (end - start <= 8) {
            grouped(scan, start);
        }
        if (end - start == 6 && digits == 6 && "+-".indexOf(scan.at(end)) >= 0) {
            finnish(scan, start);
        }
        if (end - start == 11 && digits >= 9) {
            finnish(scan, start);
        }
    }

    /** {@code AB 12 34 56 C}, {@code 1EG4-TE5-MK73}: up to six groups, one blank or hyphen between them. */
    private static void grouped(Scan scan, int start) {
        StringBuilder joined = new StringBuilder(MAX);
        char joint = 0;
        int at = start;
        int groups = 0;
        while (joined.length() <= MAX && groups < 6) {
            while (Scan.isAlphanumeric(scan.at(at)) && joined.length() <= MAX) {
                joined.append(scan.at(at++));
            }
            groups++;
            if (groups > 1
                    && joined.length() >= MIN
                    && joined.length() <= MAX
                    && !Scan.isAlphanumeric(scan.at(at))
                    && judge(scan, start, at, joined.toString())) {
                break;
            }
            char c = scan.at(at);
            if ((c != ' ' && c != '-') || (joint != 0 && c != joint) || !Scan.isAlphanumeric(scan.at(at + 1))) {
                break;
            }
            joint = c;
            at++;
        }
        scan.worked(at - start);
    }

    private static void finnish(Scan scan, int start) {
        int end = start + 11;
        if (end <= scan.text.length() && !Scan.isAlphanumeric(scan.at(end)) && scan.at(end) != '-') {
            char century = scan.at(start + 6);
            if (century == '-' || century == '+' || "ABCDEFYXWVU".indexOf(Character.toUpperCase(century)) >= 0) {
                judge(
                        scan,
                        start,
                        end,
                        scan.text.substring(start, start + 6) + '.' + scan.text.substring(start + 7, end));
            }
        }
    }

    private static boolean judge(Scan scan, int start, int end, String word) {
        List<Code> codes = BY_LENGTH.get(word.length());
        if (codes == null) {
            return false;
        }
        scan.worked(word.length());
        String upper = word.toUpperCase(Locale.ROOT);
        boolean found = false;
        for (Code code : codes) {
            if (hasShape(upper, code.shape)
                    && code.check.test(upper)
                    && (code.bare || isWhole(scan, start, end) || code.names.near(scan, start))) {
                scan.hit(start, end, code.kind, "national-code", WEIGHT);
                found = true;
            }
        }
        return found;
    }

    private static boolean isWhole(Scan scan, int start, int end) {
        return start <= 1 && scan.text.length() - end <= 1;
    }

    /** Two capitals, as in {@code DE 136 695 976}. */
    private static boolean isMark(String text, int start, int end) {
        return end - start == 2
                && Character.isUpperCase(text.charAt(start))
                && Character.isUpperCase(text.charAt(start + 1));
    }

    private static boolean isPart(char c) {
        return c == '_' || c == '-' || c == '/' || c == '=' || c == '+' || c == '%';
    }

    private static boolean hasShape(String word, String shape) {
        for (int i = 0; i < shape.length(); i++) {
            char c = word.charAt(i);
            boolean fits = switch (shape.charAt(i)) {
                case '9' -> Scan.isDigit(c);
                case 'A' -> c >= 'A' && c <= 'Z';
                case 'X' -> Scan.isAlphanumeric(c);
                default -> c == shape.charAt(i);
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static Code code(String kind, String shape, boolean bare, Predicate<String> check, String... names) {
        return new Code(new Kind(kind), shape, bare, check, Words.of(names));
    }

    private static boolean fiscal(String n) {
        int[] odd = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            int value = Scan.isDigit(n.charAt(i)) ? n.charAt(i) - '0' : n.charAt(i) - 'A';
            sum += i % 2 == 0 ? odd[value] : value;
        }
        return sum % 26 == n.charAt(15) - 'A';
    }

    private static boolean nric(String n) {
        int sum = sum(n.substring(1, 8), 2, 7, 6, 5, 4, 3, 2);
        return switch (n.charAt(0)) {
            case 'S' -> "JZIHGFEDCBA".charAt(sum % 11) == n.charAt(8);
            case 'T' -> "JZIHGFEDCBA".charAt((sum + 4) % 11) == n.charAt(8);
            case 'F' -> "XWUTRQPNMLK".charAt(sum % 11) == n.charAt(8);
            case 'G' -> "XWUTRQPNMLK".charAt((sum + 4) % 11) == n.charAt(8);
            case 'M' -> "KLJNPQRTUWX".charAt(10 - (sum + 3) % 11) == n.charAt(8);
            default -> false;
        };
    }

    /** States have numbers from 1 to 38. */
    private static boolean state(String n) {
        int state = digit(n, 0) * 10 + digit(n, 1);
        return state >= 1 && state <= 38;
    }

    private static boolean socialSecurity(String n) {
        int letter = n.charAt(8) - 'A' + 1;
        String digits = n.substring(0, 8) + letter / 10 + letter % 10 + n.substring(9, 11);
        int[] weights = {2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
        int sum = 0;
        for (int i = 0; i < 12; i++) {
            int product = digit(digits, i) * weights[i];
            sum += product / 10 + product % 10;
        }
        return sum % 10 == digit(n, 11);
    }

    private static boolean healthInsurance(String n) {
        int letter = n.charAt(0) - 'A' + 1;
        String digits = "" + letter / 10 + letter % 10 + n.substring(1, 9);
        int sum = 0;
        for (int i = 0; i < 10; i++) {
            int product = digit(digits, i) * (i % 2 + 1);
            sum += product / 10 + product % 10;
        }
        return sum % 10 == digit(n, 9);
    }

    /** The check digit of ICAO 9303. */
    private static boolean machineReadable(String n) {
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            char c = n.charAt(i);
            int value = Scan.isDigit(c) ? c - '0' : c - 'A' + 10;
            sum += value * (i % 3 == 0 ? 7 : i % 3 == 1 ? 3 : 1);
        }
        return sum % 10 == digit(n, 8);
    }
}
