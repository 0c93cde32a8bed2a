package xyz.graphyn.bootstrap.tail;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** When a token ends, as it says itself (RFC 7519, section 4.1.4). Nothing is trusted in this: the server decides. */
final class TokenLife {
    private static final JsonMapper JSON = new JsonMapper();

    private TokenLife() {}

    /** Empty for a key, or anything else that doesn't say. */
    static Optional<Instant> end(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
            JsonNode exp =
                    JSON.readTree(new String(claims, StandardCharsets.UTF_8)).path("exp");
            return exp.canConvertToLong() ? Optional.of(Instant.ofEpochSecond(exp.asLong())) : Optional.empty();
        } catch (IllegalArgumentException | JacksonException | DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
