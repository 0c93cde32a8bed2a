package xyz.graphyn.domain.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts with values in them, and a detector as simple as can be. */
final class MaskSamples {
    static final List<Kind> BUILT_IN = List.of(
            Kind.EMAIL,
            Kind.PHONE,
            Kind.CREDIT_CARD,
            Kind.IBAN,
            Kind.US_SSN,
            Kind.IP_ADDRESS,
            Kind.MAC_ADDRESS,
            Kind.CRYPTO_WALLET,
            Kind.JWT,
            Kind.PRIVATE_KEY,
            Kind.CONNECTION_STRING,
            Kind.PASSWORD,
            Kind.SECRET);

    private static final Pattern SENSITIVE = Pattern.compile("(?<email>[\\w.+-]++@[\\w-]++(?:\\.[\\w-]++)++)"
            + "|(?<card>\\b\\d{4}(?: ?\\d{4}){3}\\b)|(?<ssn>\\b\\d{3}-\\d{2}-\\d{4}\\b)"
            + "|(?<ip>\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b)|(?<secret>\\bsk-\\w{20,}+)|(?<phone>\\+\\d{8,14}\\b)");

    /** None of them has a space at its ends or is a part of another. */
    static final List<String> VALUES = List.of(
            "ada.lovelace@analytical.example",
            "4242 4242 4242 4242",
            "4242424242424242",
            "123-45-6789",
            "192.168.10.20",
            "sk-abcdefghijklmnopqrstuvwx",
            "+491701234567");

    private static final List<String> FILLER = List.of(
            " ", "🦄", "x ", "\n", "𝒳 ", "é, ", "\"", " \\ ", "{", "]", "👩‍👩‍👧 ", "**", "[EMAIL]", " @ ", "77 ");

    private MaskSamples() {}

    static List<Finding> find(String text) {
        List<Finding> findings = new ArrayList<>();
        Matcher matcher = SENSITIVE.matcher(text);
        while (matcher.find()) {
            findings.add(new Finding(matcher.start(), matcher.end(), kind(matcher), "sample"));
        }
        return findings;
    }

    private static Kind kind(Matcher matcher) {
        return matcher.group("email") != null
                ? Kind.EMAIL
                : matcher.group("card") != null
                        ? Kind.CREDIT_CARD
                        : matcher.group("ssn") != null
                                ? Kind.US_SSN
                                : matcher.group("ip") != null
                                        ? Kind.IP_ADDRESS
                                        : matcher.group("secret") != null ? Kind.SECRET : Kind.PHONE;
    }

    /** Never one that could be a document. */
    static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder("-");
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(pick(random, FILLER));
            if (random.nextBoolean()) {
                text.append(' ').append(pick(random, VALUES)).append(' ');
            }
        }
        return text.toString();
    }

    static <T> T pick(RandomGenerator random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
