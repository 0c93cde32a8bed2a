package xyz.graphyn.adapter.detection;

import static xyz.graphyn.adapter.detection.CheckDigits.digit;
import static xyz.graphyn.adapter.detection.CheckDigits.isDay;
import static xyz.graphyn.adapter.detection.CheckDigits.isMonth;
import static xyz.graphyn.adapter.detection.CheckDigits.isMonthAndDay;
import static xyz.graphyn.adapter.detection.CheckDigits.luhn;
import static xyz.graphyn.adapter.detection.CheckDigits.mod11And10;
import static xyz.graphyn.adapter.detection.CheckDigits.sum;
import static xyz.graphyn.adapter.detection.CheckDigits.verhoeff;

import java.util.List;
import java.util.function.Predicate;
import xyz.graphyn.domain.masking.Kind;

/**
 * A national number of people or companies that is digits and has a check digit.
 *
 * @param layout how many digits the groups have where it is written in groups
 * @param sure whether the check leaves little to chance
 */
record NationalNumber(Kind kind, int digits, List<Integer> layout, boolean sure, Predicate<String> check, Words names) {
    private static final List<Integer> NONE = List.of();

    static final List<NationalNumber> ALL = List.of(
            number(
                    "TR_NATIONAL_ID",
                    11,
                    NONE,
                    true,
                    n -> digit(n, 0) != 0
                            && (sum(n, 7, -1, 7, -1, 7, -1, 7, -1, 7) % 10 + 10) % 10 == digit(n, 9)
                            && sum(n, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1) % 10 == digit(n, 10),
                    "tc",
                    "kimlik",
                    "tckn",
                    "turkish id"),
            number(
                    "PL_PESEL",
                    11,
                    NONE,
                    true,
                    n -> isDay(n, 4)
                            && digit(n, 2) % 2 * 10 + digit(n, 3) >= 1
                            && digit(n, 2) % 2 * 10 + digit(n, 3) <= 12
                            && sum(n, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0,
                    "pesel"),
            number(
                    "BR_CPF",
                    11,
                    List.of(3, 3, 3, 2),
                    false,
                    n -> CheckDigits.varied(n)
                            && sum(n, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10 == digit(n, 9)
                            && sum(n, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10 == digit(n, 10),
                    "cpf"),
            number(
                    "DE_TAX_ID",
                    11,
                    List.of(2, 3, 3, 3),
                    false,
                    n -> digit(n, 0) != 0 && repeatsOnce(n) && mod11And10(n),
                    "steuer",
                    "steueridentifikationsnummer",
                    "idnr",
                    "tax id",
                    "steuer-id",
                    "identifikationsnummer"),
            number(
                    "AU_ABN",
                    11,
                    List.of(2, 3, 3, 3),
                    false,
                    n -> digit(n, 0) != 0 && (sum(n, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19) - 10) % 89 == 0,
                    "abn",
                    "australian business"),
            number(
                    "NO_FODSELSNUMMER",
                    11,
                    List.of(6, 5),
                    true,
                    n -> isDay(n, 0)
                            && isMonth(n, 2)
                            && sum(n, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
                            && sum(n, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0,
                    "fødselsnummer",
                    "fodselsnummer",
                    "personnummer"),
            number(
                    "IT_VAT_CODE",
                    11,
                    NONE,
                    false,
                    n -> luhn(n) && CheckDigits.varied(n),
                    "partita iva",
                    "p. iva",
                    "vat",
                    "iva"),
            number(
                    "TH_TNIN",
                    13,
                    List.of(1, 4, 5, 2, 1),
                    false,
                    n -> digit(n, 0) >= 1
                            && digit(n, 0) <= 8
                            && !n.startsWith("0", 1)
                            && (11 - sum(n, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11) % 10 == digit(n, 12),
                    "thai",
                    "tnin",
                    "national id",
                    "บัตรประชาชน",
                    "เลขประจำตัว"),
            number(
                    "ZA_ID_NUMBER",
                    13,
                    List.of(6, 4, 3),
                    true,
                    n -> isMonthAndDay(n, 2) && digit(n, 10) <= 2 && luhn(n),
                    "south african",
                    "rsa id",
                    "id number"),
            number(
                    "KR_RRN",
                    13,
                    List.of(6, 7),
                    true,
                    n -> isMonthAndDay(n, 2)
                            && digit(n, 6) >= 1
                            && digit(n, 6) <= 4
                            && (11 - koreanSum(n) % 11) % 10 == digit(n, 12),
                    "rrn",
                    "resident registration",
                    "주민등록번호"),
            number(
                    "KR_FRN",
                    13,
                    List.of(6, 7),
                    true,
                    n -> isMonthAndDay(n, 2)
                            && digit(n, 6) >= 5
                            && digit(n, 6) <= 8
                            && (13 - koreanSum(n) % 11) % 10 == digit(n, 12),
                    "frn",
                    "foreigner registration",
                    "외국인등록번호"),
            // Those given out since October 2020 have no check digit any more.
            number(
                    "KR_RRN",
                    13,
                    List.of(6, 7),
                    false,
                    n -> isMonthAndDay(n, 2) && digit(n, 6) >= 1 && digit(n, 6) <= 4,
                    "rrn",
                    "resident registration",
                    "주민등록번호"),
            number(
                    "KR_FRN",
                    13,
                    List.of(6, 7),
                    false,
                    n -> isMonthAndDay(n, 2) && digit(n, 6) >= 5 && digit(n, 6) <= 8,
                    "frn",
                    "foreigner registration",
                    "외국인등록번호"),
            number(
                    "KR_BRN",
                    10,
                    List.of(3, 2, 5),
                    false,
                    n -> (sum(n, 1, 3, 7, 1, 3, 7, 1, 3, 5) + digit(n, 8) * 5 / 10 + digit(n, 9)) % 10 == 0,
                    "brn",
                    "business registration",
                    "사업자등록번호"),
            number(
                    "IN_AADHAAR",
                    12,
                    List.of(4, 4, 4),
                    false,
                    n -> digit(n, 0) >= 2 && verhoeff(n) && CheckDigits.varied(n),
                    "aadhaar",
                    "aadhar",
                    "uidai",
                    "uid"),
            number(
                    "SE_PERSONNUMMER",
                    10,
                    List.of(6, 4),
                    true,
                    n -> isMonth(n, 2) && isSwedishDay(n, 4) && luhn(n),
                    "personnummer",
                    "samordningsnummer"),
            number(
                    "SE_PERSONNUMMER",
                    12,
                    List.of(8, 4),
                    true,
                    n -> (n.startsWith("18") || n.startsWith("19") || n.startsWith("20"))
                            && isMonth(n, 4)
                            && isSwedishDay(n, 6)
                            && luhn(n.substring(2)),
                    "personnummer",
                    "samordningsnummer"),
            number(
                    "SE_ORGANISATIONSNUMMER",
                    10,
                    List.of(6, 4),
                    false,
                    n -> digit(n, 2) >= 2 && digit(n, 0) != 0 && digit(n, 0) != 4 && luhn(n),
                    "organisationsnummer",
                    "org.nr",
                    "orgnr",
                    "org nr"),
            number(
                    "US_NPI",
                    10,
                    List.of(4, 3, 3),
                    false,
                    n -> (digit(n, 0) == 1 || digit(n, 0) == 2) && CheckDigits.varied(n) && luhn("80840" + n),
                    "npi",
                    "national provider"),
            number(
                    "UK_NHS",
                    10,
                    NONE,
                    false,
                    n -> CheckDigits.varied(n) && sum(n, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1) % 11 == 0,
                    "nhs"),
            number(
                    "AU_MEDICARE",
                    10,
                    List.of(4, 5, 1),
                    false,
                    n -> digit(n, 0) >= 2 && digit(n, 0) <= 6 && sum(n, 1, 3, 7, 9, 1, 3, 7, 9) % 10 == digit(n, 8),
                    "medicare"),
            number("UK_UTR", 10, List.of(5, 5), false, n -> utr(n), "utr", "taxpayer reference"),
            number(
                    "CA_SIN",
                    9,
                    List.of(3, 3, 3),
                    false,
                    n -> digit(n, 0) != 0 && digit(n, 0) != 8 && CheckDigits.varied(n) && luhn(n),
                    "sin",
                    "social insurance"),
            number(
                    "AU_TFN",
                    9,
                    List.of(3, 3, 3),
                    false,
                    n -> CheckDigits.varied(n) && sum(n, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0,
                    "tfn",
                    "tax file"),
            number(
                    "AU_ACN",
                    9,
                    List.of(3, 3, 3),
                    false,
                    n -> CheckDigits.varied(n) && (10 - sum(n, 8, 7, 6, 5, 4, 3, 2, 1) % 10) % 10 == digit(n, 8),
                    "acn",
                    "australian company"),
            number(
                    "ABA_ROUTING_NUMBER",
                    9,
                    List.of(4, 4, 1),
                    false,
                    n -> isDistrict(n) && CheckDigits.varied(n) && sum(n, 3, 7, 1, 3, 7, 1, 3, 7, 1) % 10 == 0,
                    "routing",
                    "aba",
                    "rtn"),
            number(
                    "NL_BSN",
                    9,
                    NONE,
                    false,
                    n -> CheckDigits.varied(n) && sum(n, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0,
                    "bsn",
                    "burgerservicenummer"),
            number(
                    "BE_NATIONAL_NUMBER",
                    11,
                    List.of(2, 2, 2, 3, 2),
                    true,
                    n -> isMonthAndDay(n, 2) && (check97(n.substring(0, 9), n) || check97("2" + n.substring(0, 9), n)),
                    "rijksregisternummer",
                    "numéro national",
                    "rrn"),
            number(
                    "FR_NIR",
                    15,
                    List.of(1, 2, 2, 2, 3, 3, 2),
                    true,
                    n -> (digit(n, 0) == 1 || digit(n, 0) == 2)
                            && isMonth(n, 3)
                            && 97 - Long.parseLong(n.substring(0, 13)) % 97 == digit(n, 13) * 10 + digit(n, 14),
                    "sécurité sociale",
                    "nir"),
            number(
                    "CH_AHV",
                    13,
                    List.of(3, 4, 4, 2),
                    true,
                    n -> n.startsWith("756")
                            && (10 - sum(n, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3) % 10) % 10 == digit(n, 12),
                    "ahv",
                    "avs"),
            number(
                    "AR_CUIT",
                    11,
                    List.of(2, 8, 1),
                    false,
                    n -> (n.startsWith("2") || n.startsWith("3"))
                            && (11 - sum(n, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11) % 11 == digit(n, 10),
                    "cuit",
                    "cuil"));

    private static NationalNumber number(
            String kind, int digits, List<Integer> layout, boolean sure, Predicate<String> check, String... names) {
        return new NationalNumber(new Kind(kind), digits, layout, sure, check, Words.of(names));
    }

    private static int koreanSum(String n) {
        return sum(n, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5);
    }

    /** A coordination number has 60 more. */
    private static boolean isSwedishDay(String n, int at) {
        int day = digit(n, at) * 10 + digit(n, at + 1);
        return (day >= 1 && day <= 31) || (day >= 61 && day <= 91);
    }

    /** One digit of the first ten occurs twice or three times. */
    private static boolean repeatsOnce(String n) {
        int[] counts = new int[10];
        for (int i = 0; i < 10; i++) {
            counts[digit(n, i)]++;
        }
        int repeated = 0;
        for (int count : counts) {
            if (count > 3) {
                return false;
            }
            repeated += count > 1 ? 1 : 0;
        }
        return repeated == 1;
    }

    private static boolean utr(String n) {
        int rest = sum("0" + n.substring(1), 0, 6, 7, 8, 9, 10, 5, 4, 3, 2) % 11;
        return "21987654321".charAt(rest) == n.charAt(0);
    }

    private static boolean isDistrict(String n) {
        int district = digit(n, 0) * 10 + digit(n, 1);
        return district <= 12
                || (district >= 21 && district <= 32)
                || (district >= 61 && district <= 72)
                || district == 80;
    }

    private static boolean check97(String base, String n) {
        return 97 - Long.parseLong(base) % 97 == digit(n, 9) * 10 + digit(n, 10);
    }
}
