package xyz.graphyn.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who is not let in, at the door of the running server. Every kind of bad token is tested where tokens are verified. */
class RefusedTokensIT {
    private static RunningServer server;
    private static String good;

    @BeforeAll
    static void start() {
        server = RunningServer.shared();
        good = server.token("ada", "acme", "admin");
    }

    private static JsonNode refusal(String token) {
        Api.Answer answer = server.anonymous(token).get("/agents").expect(401);
        assertTrue(answer.header("WWW-Authenticate").startsWith("Bearer"));
        assertFalse(!token.isEmpty() && answer.body().contains(token), "it is not repeated");
        JsonNode problem = answer.json();
        assertEquals("unauthenticated", problem.get("code").asString());
        return problem;
    }

    private static String signedBy(Algorithm algorithm) {
        DecodedJWT claims = JWT.decode(good);
        JWTCreator.Builder copy = JWT.create().withKeyId(claims.getKeyId());
        return copy.withPayload(new String(Base64.getUrlDecoder().decode(claims.getPayload()), StandardCharsets.UTF_8))
                .sign(algorithm);
    }

    private static Algorithm freshRsa() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
            return Algorithm.RSA256((RSAPublicKey) pair.getPublic(), (RSAPrivateKey) pair.getPrivate());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void letsTheGoodOneIn() {
        server.anonymous(good).get("/agents").expect(200);
    }

    @Test
    void asksForATokenWhereThereIsNone() {
        refusal("");
    }

    @Test
    void refusesATokenOfAnUnknownKeyUnderAKnownName() {
        refusal(signedBy(freshRsa()));
    }

    @Test
    void refusesASwappedAlgorithm() {
        refusal(signedBy(Algorithm.HMAC256(good)));
        refusal(signedBy(Algorithm.none()));
    }

    @Test
    void refusesAChangedClaim() {
        DecodedJWT token = JWT.decode(good);
        String claims = new String(Base64.getUrlDecoder().decode(token.getPayload()), StandardCharsets.UTF_8);
        String changed = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.replace("\"acme\"", "\"else\"").getBytes(StandardCharsets.UTF_8));
        refusal(token.getHeader() + "." + changed + "." + token.getSignature());
    }

    @Test
    void refusesATokenFromTheMomentThatItExpires() {
        String brief = server.run("token", "--user", "ada", "--org", "acme", "--role", "admin", "--ttl", "1s")
                .strip();
        Api withBrief = server.anonymous(brief);
        int status;
        do {
            status = withBrief.get("/agents").status();
        } while (status == 200);
        assertEquals(401, status, "after its second and five of grace");
        assertTrue(refusal(brief).get("detail").asString().contains("expired"));
    }
}
