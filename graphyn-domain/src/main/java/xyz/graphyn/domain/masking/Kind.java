package xyz.graphyn.domain.masking;

import java.util.regex.Pattern;

/**
 * What sort of thing a finding is, for example {@code EMAIL}. The names are part of the API's contract: masked texts show
 * them.
 *
 * @param name 2 to {@value #MAX_NAME} capital letters, digits and underscores, first a letter
 */
public record Kind(String name) implements Comparable<Kind> {
    public static final int MAX_NAME = 40;

    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{1," + (MAX_NAME - 1) + "}");

    public static final Kind EMAIL = new Kind("EMAIL");
    public static final Kind PHONE = new Kind("PHONE");
    public static final Kind CREDIT_CARD = new Kind("CREDIT_CARD");
    public static final Kind IBAN = new Kind("IBAN");
    public static final Kind US_SSN = new Kind("US_SSN");
    public static final Kind IP_ADDRESS = new Kind("IP_ADDRESS");
    public static final Kind MAC_ADDRESS = new Kind("MAC_ADDRESS");
    public static final Kind CRYPTO_WALLET = new Kind("CRYPTO_WALLET");
    public static final Kind JWT = new Kind("JWT");
    public static final Kind PRIVATE_KEY = new Kind("PRIVATE_KEY");
    public static final Kind CONNECTION_STRING = new Kind("CONNECTION_STRING");
    public static final Kind PASSWORD = new Kind("PASSWORD");
    public static final Kind SECRET = new Kind("SECRET");

    /** @throws IllegalArgumentException if it is no such name */
    public Kind {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "a kind is 2 to " + MAX_NAME + " capital letters, digits and underscores");
        }
    }

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    @Override
    public int compareTo(Kind other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
