package xyz.graphyn.domain.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which names of members say that their value is sensitive. A name is read as words, however it joins them: {@code cardNumber},
 * {@code card_number} and {@code Card-Number} are one. What a name is about stands at its end: {@code passwordHash} is a secret,
 * {@code passwordLength} is a length.
 */
public final class SensitiveNames {
    /** What is longer is no name. */
    private static final int MAX_NAME = 80;

    private static final Kind ADDRESS = new Kind("ADDRESS");
    private static final Kind DATE_OF_BIRTH = new Kind("DATE_OF_BIRTH");
    private static final Kind NATIONAL_ID = new Kind("NATIONAL_ID");
    private static final Kind BANK_ACCOUNT = new Kind("BANK_ACCOUNT");

    private SensitiveNames() {}

    /** What a name says about its value; empty for nothing. */
    public static Optional<Kind> kindOf(String name) {
        return judge(name).map(Sensitivity::kind);
    }

    static Optional<Sensitivity> judge(String name) {
        if (name.length() < 2 || name.length() > MAX_NAME) {
            return Optional.empty();
        }
        List<String> words = words(name);
        while (words.size() > 1 && SensitiveWords.TAILS.contains(words.getLast())) {
            words.removeLast();
        }
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String last = words.getLast();
        String before = words.size() > 1 ? words.get(words.size() - 2) : "";
        if (last.equals("number") || last.equals("no") || last.equals("num")) {
            return numbered(words, before);
        }
        return secret(words, last, before).or(() -> person(words, last, before));
    }

    /** Whether a member describes the object it is in, or holds what the object is about. */
    static boolean describes(String name) {
        List<String> words = words(name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name);
        return words.isEmpty() || SensitiveWords.DESCRIPTORS.contains(words.getLast());
    }

    private static Optional<Sensitivity> secret(List<String> words, String last, String before) {
        if (SensitiveWords.PASSWORDS.contains(last) || last.endsWith("password") || last.endsWith("passwd")) {
            return before.equals("no") || before.equals("require") || before.equals("requires")
                    ? Optional.empty()
                    : sure(Kind.PASSWORD);
        }
        if (last.equals("pass")) {
            return words.size() == 1 ? unsure(Kind.PASSWORD) : sure(Kind.PASSWORD);
        }
        if (last.equals("pin")) {
            return SensitiveWords.NOT_PINS.contains(before) ? Optional.empty() : sure(Kind.PASSWORD);
        }
        if (last.equals("block") && before.equals("pin")) {
            return sure(Kind.SECRET);
        }
        if (last.equals("code")) {
            boolean secret = Set.of(
                            "security",
                            "secret",
                            "verification",
                            "otp",
                            "mfa",
                            "pass",
                            "auth",
                            "authorization",
                            "pin",
                            "access")
                    .contains(before);
            return secret ? sure(Kind.SECRET) : Optional.empty();
        }
        if (last.equals("string")) {
            return before.equals("connection") ? sure(Kind.CONNECTION_STRING) : Optional.empty();
        }
        if (last.equals("material") || (last.equals("data") && before.equals("authentication"))) {
            boolean secret = before.equals("key") || before.equals("authentication");
            return secret ? sure(Kind.SECRET) : Optional.empty();
        }
        if (SensitiveWords.SECRETS.contains(last)) {
            return sure(Kind.SECRET);
        }
        if (last.equals("key") || last.equals("keys")) {
            return key(words, before);
        }
        if (last.equals("token") || last.equals("tokens")) {
            return token(last, before);
        }
        return Optional.empty();
    }

    private static Optional<Sensitivity> key(List<String> words, String before) {
        if (!SensitiveWords.KEEPERS.contains(before)) {
            return Optional.empty();
        }
        boolean secret = words.contains("secret") || words.contains("private");
        return SensitiveWords.UNSURE_KEEPERS.contains(before) && !secret ? unsure(Kind.SECRET) : sure(Kind.SECRET);
    }

    private static Optional<Sensitivity> token(String last, String before) {
        if (SensitiveWords.MARKS.contains(before)
                || (last.equals("tokens") && !SensitiveWords.ENTRIES.contains(before))) {
            return Optional.empty();
        }
        return SensitiveWords.ENTRIES.contains(before) ? sure(Kind.SECRET) : unsure(Kind.SECRET);
    }

    private static Optional<Sensitivity> numbered(List<String> words, String before) {
        return switch (before) {
            case "phone", "telephone", "mobile", "cell", "fax" -> sure(Kind.PHONE);
            case "card" -> sure(Kind.CREDIT_CARD);
            case "ssn" -> sure(Kind.US_SSN);
            case "security" -> words.contains("social") ? sure(Kind.US_SSN) : Optional.empty();
            case "account", "acct" -> words.contains("bank") ? sure(BANK_ACCOUNT) : Optional.empty();
            case "passport", "license", "licence", "insurance" -> sure(NATIONAL_ID);
            case "id" -> words.contains("national") || words.contains("tax") ? sure(NATIONAL_ID) : Optional.empty();
            case "routing" -> sure(BANK_ACCOUNT);
            default -> Optional.empty();
        };
    }

    private static Optional<Sensitivity> person(List<String> words, String last, String before) {
        return switch (last) {
            case "email", "emails", "mail" ->
                last.equals("mail") && words.size() == 1 ? Optional.empty() : sure(Kind.EMAIL);
            case "phone", "phones", "telephone", "mobile", "msisdn", "fax", "cellphone", "phonenumber" ->
                sure(Kind.PHONE);
            case "ssn" -> sure(Kind.US_SSN);
            case "iban" -> sure(Kind.IBAN);
            case "pan" -> words.size() > 1 ? sure(Kind.CREDIT_CARD) : Optional.empty();
            case "creditcard", "cardnumber", "ccnumber" -> sure(Kind.CREDIT_CARD);
            case "card" ->
                before.equals("credit") || before.equals("debit") ? sure(Kind.CREDIT_CARD) : Optional.empty();
            case "dob", "birthdate", "birthday" -> sure(DATE_OF_BIRTH);
            case "birth" -> words.contains("date") ? sure(DATE_OF_BIRTH) : Optional.empty();
            case "passport", "nino", "aadhaar", "nationalid", "taxid" -> sure(NATIONAL_ID);
            case "id" -> before.equals("national") || before.equals("tax") ? sure(NATIONAL_ID) : Optional.empty();
            case "address" -> address(before);
            case "street", "city", "province" -> postal(before) ? sure(ADDRESS) : Optional.empty();
            case "date" ->
                words.contains("expiry") && words.contains("card") ? sure(Kind.CREDIT_CARD) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Sensitivity> address(String before) {
        if (before.equals("email") || before.equals("mail")) {
            return sure(Kind.EMAIL);
        }
        return postal(before) || before.equals("street") ? sure(ADDRESS) : Optional.empty();
    }

    private static boolean postal(String word) {
        return word.equals("shipping")
                || word.equals("billing")
                || word.equals("home")
                || word.equals("postal")
                || word.equals("mailing");
    }

    private static Optional<Sensitivity> sure(Kind kind) {
        return Optional.of(new Sensitivity(kind, true));
    }

    private static Optional<Sensitivity> unsure(Kind kind) {
        return Optional.of(new Sensitivity(kind, false));
    }

    /** {@code awsKMSKeyId2} becomes aws, kms, key, id, 2. */
    static List<String> words(String name) {
        List<String> words = new ArrayList<>(4);
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            boolean end = i == name.length() || !Character.isLetterOrDigit(name.charAt(i));
            if (end || (i > start && begins(name, i))) {
                if (i > start) {
                    words.add(name.substring(start, i).toLowerCase(Locale.ROOT));
                }
                start = end ? i + 1 : i;
            }
        }
        return words;
    }

    private static boolean begins(String name, int i) {
        char before = name.charAt(i - 1);
        char c = name.charAt(i);
        if (Character.isDigit(c)) {
            return !Character.isDigit(before) && i + 1 == name.length();
        }
        if (!Character.isUpperCase(c)) {
            return false;
        }
        boolean nextIsLower = i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
        return !Character.isUpperCase(before) || (nextIsLower && !name.startsWith("s", i + 1));
    }
}
