package xyz.graphyn.adapter.http.identity;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Clerk's session tokens, version 1 and 2 (clerk.com/docs/guides/sessions/session-tokens). */
final class ClerkClaims {
    private static final String ROLE_PREFIX = "org:";
    private static final String MACHINE_PREFIX = "mch_";

    private ClerkClaims() {}

    /** Empty when the user has no active organization. */
    static Optional<Membership> membership(TokenJson claims) {
        checkSession(claims);
        return switch (version(claims)) {
            case 1 -> claims.name("org_id").map(id -> membership(id, claims.name("org_role")));
            case 2 -> claims.object("o").map(o -> membership(o.requiredName("id"), o.name("rol")));
            default -> throw RejectedToken.invalid("v is an unknown version");
        };
    }

    static String withoutPrefix(String role) {
        return role.startsWith(ROLE_PREFIX) ? role.substring(ROLE_PREFIX.length()) : role;
    }

    private static void checkSession(TokenJson claims) {
        // Pending: signed in, but with something left to do, such as choosing an organization. Clerk counts it as out.
        if (!claims.name("sts").map("active"::equals).orElse(true)) {
            throw RejectedToken.invalid("sts is not active");
        }
        if (claims.requiredName("sub").startsWith(MACHINE_PREFIX)) {
            throw RejectedToken.invalid("sub is a machine");
        }
    }

    private static int version(TokenJson claims) {
        JsonNode version = claims.get("v");
        if (version == null) {
            return 1;
        }
        return version.isIntegralNumber() && version.canConvertToInt() ? version.intValue() : 0;
    }

    private static Membership membership(String organization, Optional<String> role) {
        return new Membership(
                organization, role.map(ClerkClaims::withoutPrefix).stream().toList());
    }
}
