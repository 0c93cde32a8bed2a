package xyz.graphyn.adapter.http.identity;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import xyz.graphyn.domain.access.Role;

/**
 * Whose tokens are believed, and how they are read.
 *
 * @param issuer what {@code iss} must be, to the letter: a slash at the end counts
 * @param format whose way of writing organization and role the tokens follow
 * @param keys where the issuer's signing keys come from
 * @param authorizedParties what {@code azp} may be; empty when any party may present a token
 * @param audiences what {@code aud} must name at least one of; empty when it is not asked for. For
 *     {@link Format#OIDC} one of the two lists has to have an entry: an issuer's tokens for other applications must not
 *     open this one (RFC 9068, section 4)
 * @param organizationClaim the OIDC claim that names the active organization, by its exact name or a dotted path; Clerk's
 *     tokens have a place of their own for it
 * @param roleClaim the OIDC claim that holds the role or the list of roles, written the same way
 * @param roles what the issuer's role names mean here; {@value #ANY_ROLE} stands for every name without an entry. A role
 *     without a meaning gives no access. For {@link Format#CLERK}, names may have the prefix {@code org:} or not
 * @param clockSkew how far the issuer's clock and ours may be apart, from nothing to a minute
 */
public record IdentityConfiguration(
        String issuer,
        Format format,
        KeySource keys,
        Set<String> authorizedParties,
        Set<String> audiences,
        String organizationClaim,
        String roleClaim,
        Map<String, Role> roles,
        Duration clockSkew) {

    /** In {@link #roles()}: any role that has no entry of its own, and no role at all. */
    public static final String ANY_ROLE = "*";

    public static final String DEFAULT_ORGANIZATION_CLAIM = "org_id";
    public static final String DEFAULT_ROLE_CLAIM = "roles";
    public static final Duration DEFAULT_CLOCK_SKEW = Duration.ofSeconds(5);
    public static final Map<String, Role> DEFAULT_ROLES = Map.of(
            "admin", Role.ADMIN,
            "member", Role.MEMBER,
            "viewer", Role.VIEWER,
            "auditor", Role.AUDITOR);

    /** Long enough for every URL and name seen in tokens, short enough for a row key. */
    private static final int MAX_NAME_LENGTH = 255;

    private static final int MAX_ENTRIES = 100;
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(1);

    /** Whose tokens they are. */
    public enum Format {
        /** Clerk's session tokens, version 1 and 2. */
        CLERK,
        /** Access tokens of any OpenID Connect provider: Keycloak, Auth0 and others. */
        OIDC
    }

    /** @throws IllegalArgumentException with a sentence that says what is wrong */
    public IdentityConfiguration {
        requireName("issuer", issuer);
        authorizedParties = names("authorized party", authorizedParties);
        audiences = names("audience", audiences);
        requireName("organization claim", organizationClaim);
        requireName("role claim", roleClaim);
        names("role", roles.keySet());
        require(!roles.isEmpty(), "roles must have at least one entry, or nobody could come in");
        roles = format == Format.CLERK ? withoutPrefix(roles) : Map.copyOf(roles);
        require(
                !clockSkew.isNegative() && clockSkew.compareTo(MAX_CLOCK_SKEW) <= 0,
                "clock skew must be between 0 and 60 seconds");
        require(
                format == Format.CLERK || !audiences.isEmpty() || !authorizedParties.isEmpty(),
                "OIDC tokens need an audience or an authorized party: without one, a token that the issuer made for"
                        + " another application would be good here");
    }

    private static Map<String, Role> withoutPrefix(Map<String, Role> roles) {
        Map<String, Role> plain = new LinkedHashMap<>();
        roles.forEach((name, role) -> {
            Role other = plain.put(ClerkClaims.withoutPrefix(name), role);
            require(other == null || other == role, "role " + name + " is mapped twice");
        });
        return Map.copyOf(plain);
    }

    private static Set<String> names(String what, Collection<String> names) {
        require(names.size() <= MAX_ENTRIES, "at most " + MAX_ENTRIES + " entries of " + what + " are allowed");
        names.forEach(name -> requireName(what, name));
        return Set.copyOf(names);
    }

    private static void requireName(String what, String name) {
        require(
                !name.isBlank() && name.equals(name.strip()) && name.length() <= MAX_NAME_LENGTH,
                what + " must be 1 to " + MAX_NAME_LENGTH + " characters, with no space around it");
        require(name.chars().noneMatch(Character::isISOControl), what + " must not have control characters");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
