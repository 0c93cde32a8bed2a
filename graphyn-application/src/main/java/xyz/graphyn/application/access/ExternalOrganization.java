package xyz.graphyn.application.access;

/**
 * An organization as the issuer of tokens knows it.
 *
 * @param issuer the tokens' {@code iss}
 * @param kind whether {@code id} names an organization or a user who acts for themselves, lest one pass for the other
 * @param id the issuer's own id
 */
public record ExternalOrganization(String issuer, Kind kind, String id) {
    public enum Kind {
        ORGANIZATION,
        PERSONAL
    }
}
