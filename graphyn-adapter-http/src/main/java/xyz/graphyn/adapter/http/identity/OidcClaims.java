package xyz.graphyn.adapter.http.identity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Access tokens of any OpenID Connect provider, read by configured claim names.
 *
 * <p>A name is looked up as it is first, and then as a path: {@code https://example.com/roles} is one claim of Auth0's,
 * {@code realm_access.roles} a claim within a claim of Keycloak's, and in
 * {@code resource_access.my.client.roles} the client's name has a dot of its own.
 */
record OidcClaims(String organizationClaim, String roleClaim) {

    /** Empty when the user has no active organization. */
    Optional<Membership> membership(TokenJson claims) {
        // Keycloak marks its tokens in the payload: ID, Refresh and Logout are signed with the same key.
        if (!claims.name("typ").map("Bearer"::equalsIgnoreCase).orElse(true)) {
            throw RejectedToken.invalid("typ in the payload is not an access token's");
        }
        JsonNode organization = find(claims.object(), organizationClaim);
        JsonNode roles = find(claims.object(), roleClaim);
        return organization(organization)
                .map(id ->
                        new Membership(id, roles == null ? List.of() : TokenJson.oneOrMany("the role claim", roles)));
    }

    /**
     * A text, or a list or an object of one: Keycloak writes {@code ["acme"]} or {@code {"acme": {"id": "…"}}}. Of more
     * than one, none is the active one.
     */
    private static Optional<String> organization(@Nullable JsonNode claim) {
        if (claim == null) {
            return Optional.empty();
        }
        if (!claim.isContainer()) {
            return Optional.of(TokenJson.asName("the organization claim", claim));
        }
        if (claim.isEmpty()) {
            return Optional.empty();
        }
        if (claim.size() > 1) {
            throw RejectedToken.invalid("the organization claim names more than one");
        }
        if (claim.isArray()) {
            return Optional.of(TokenJson.asName(
                    "the organization claim", claim.values().iterator().next()));
        }
        Map.Entry<String, JsonNode> only = claim.properties().iterator().next();
        if (!only.getValue().isObject()) {
            // {"id": "acme"} is an object about one organization; its key names none, and would be the same for all.
            throw RejectedToken.invalid("the organization claim is an object of another shape");
        }
        JsonNode id = only.getValue().get("id");
        return Optional.of(
                id == null
                        ? TokenJson.checkedName("the organization claim", only.getKey())
                        : TokenJson.asName("the organization claim", id));
    }

    private static @Nullable JsonNode find(JsonNode object, String path) {
        JsonNode exact = object.get(path);
        if (exact != null) {
            return exact.isNull() ? null : exact;
        }
        for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
            JsonNode inner = object.get(path.substring(0, dot));
            if (inner != null && inner.isObject()) {
                JsonNode found = find(inner, path.substring(dot + 1));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
