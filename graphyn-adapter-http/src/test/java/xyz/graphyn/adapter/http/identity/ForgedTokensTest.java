package xyz.graphyn.adapter.http.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xyz.graphyn.adapter.http.identity.TestIssuer.base64Url;
import static xyz.graphyn.adapter.http.identity.TestIssuer.claims;
import static xyz.graphyn.adapter.http.identity.TestIssuer.header;
import static xyz.graphyn.adapter.http.identity.TestIssuer.json;
import static xyz.graphyn.adapter.http.identity.TestIssuer.signed;
import static xyz.graphyn.adapter.http.identity.TestIssuer.token;
import static xyz.graphyn.adapter.http.identity.TestIssuer.with;
import static xyz.graphyn.adapter.http.identity.TestIssuer.without;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.auth0.jwt.algorithms.Algorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.access.Refusal.NotAuthenticated.Reason;

class ForgedTokensTest extends RefusedTokens {
    private static final List<String> SHAPES = List.of(
            "whatever 42 null undefined . .. ... a.b ak_2vYVtestTESTtest mt_2vYVtestTESTtest oat_2vYVtestTESTtest"
                    .split(" ", -1));

    @ParameterizedTest(name = "{1}")
    @MethodSource({"forged", "malformed"})
    void isRefused(String failedCheck, String what, String token, Reason reason) {
        assertRefused(failedCheck, what, token, reason);
    }

    @Test
    void noPartOfATokenIsLogged() {
        Map<String, @Nullable Object> header = with(header(FIRST), "kid", "x\r\n2026 INFO forged line \u001b[31m");
        List<String> bad = List.of(
                token(FIRST, header, claims()),
                token(with(claims(), "sub", "user_secret\u0000")),
                token(with(claims(), "azp", "https://secret.example.com")),
                "not.a.token");
        for (String token : bad) {
            assertThrows(Refusal.NotAuthenticated.class, () -> tokens.verify(token));
        }

        assertEquals(bad.size(), log.list.size());
        for (ILoggingEvent line : log.list) {
            String text = line.getFormattedMessage();
            assertFalse(text.contains("secret"), text);
            assertTrue(text.chars().allMatch(c -> c >= ' ' && c < 0x7f), text);
            for (String token : bad) {
                for (String part : token.split("\\.", -1)) {
                    assertFalse(part.length() > 3 && text.contains(part), text);
                }
            }
        }
    }

    @Test
    void anEmptyTokenIsAMissingOne() {
        Refusal.NotAuthenticated refusal = assertThrows(Refusal.NotAuthenticated.class, () -> tokens.verify(""));

        assertEquals(Reason.MISSING, refusal.reason());
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] notUtf8 = json(claims()).replace("user_ada", "user_~").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < notUtf8.length; i++) {
            if (notUtf8[i] == '~') {
                notUtf8[i] = (byte) 0xff;
            }
        }
        String payload = Base64.getUrlEncoder().withoutPadding().encodeToString(notUtf8);
        String header = base64Url(json(header(FIRST)));
        byte[] signature = Algorithm.RSA256(FIRST.publicKey(), FIRST.privateKey())
                .sign(header.getBytes(StandardCharsets.US_ASCII), payload.getBytes(StandardCharsets.US_ASCII));
        String token = header + "." + payload + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);

        assertThrows(Refusal.NotAuthenticated.class, () -> tokens.verify(token));
    }

    static Stream<Arguments> forged() throws GeneralSecurityException {
        String good = token(claims());
        String[] parts = good.split("\\.", -1);
        byte[] publicKey = FIRST.publicKey().getEncoded();
        KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
        curve.initialize(256);
        var pair = curve.generateKeyPair();
        Algorithm es256 = Algorithm.ECDSA256((ECPublicKey) pair.getPublic(), (ECPrivateKey) pair.getPrivate());
        return Stream.of(
                invalid(
                        "kid is unknown",
                        "key id unknown",
                        token(TestKey.STRANGER, header(TestKey.STRANGER), claims())),
                invalid(
                        "the signature",
                        "signed by a stranger under our key id",
                        token(TestKey.STRANGER, header(FIRST), claims())),
                invalid(
                        "the signature",
                        "signed by the issuer's other key",
                        token(TestKey.SECOND, header(FIRST), claims())),
                invalid(
                        "kid is unknown",
                        "signed by a key too small",
                        token(TestKey.WEAK, header(TestKey.WEAK), claims())),
                invalid("kid is missing", "key id missing", token(FIRST, without(header(FIRST), "kid"), claims())),
                invalid("kid is missing", "key id null", token(FIRST, with(header(FIRST), "kid", null), claims())),
                invalid("kid is no text", "key id a number", token(FIRST, with(header(FIRST), "kid", 7), claims())),
                invalid("kid is blank", "key id blank", token(FIRST, with(header(FIRST), "kid", " "), claims())),
                invalid(
                        "kid is blank, too long",
                        "key id huge",
                        token(FIRST, with(header(FIRST), "kid", "k".repeat(256)), claims())),
                invalid(
                        "kid is unknown",
                        "key id a path",
                        token(FIRST, with(header(FIRST), "kid", "../../dev/null"), claims())),
                invalid(
                        "the signature",
                        "claims swapped",
                        parts[0] + "." + base64Url(json(with(claims(), "sub", "user_eve"))) + "." + parts[2]),
                invalid(
                        "the signature",
                        "header swapped",
                        base64Url(json(with(header(FIRST), "x", 1))) + "." + parts[1] + "." + parts[2]),
                invalid(
                        "the signature",
                        "signature of another token",
                        parts[0] + "." + parts[1] + "."
                                + token(with(claims(), "sub", "user_eve")).split("\\.", -1)[2]),
                invalid("the signature", "signature cut short", good.substring(0, good.length() - 10)),
                invalid("the signature", "signature of one byte", parts[0] + "." + parts[1] + ".AA"),
                invalid(
                        "alg is not allowed",
                        "alg none",
                        base64Url(json(with(header(FIRST), "alg", "none"))) + "." + parts[1] + "." + parts[2]),
                invalid(
                        "compact form",
                        "alg none, no signature",
                        base64Url(json(with(header(FIRST), "alg", "none"))) + "." + parts[1] + "."),
                invalid("alg is not allowed", "alg None", token(FIRST, with(header(FIRST), "alg", "None"), claims())),
                invalid("alg is not allowed", "alg rs256", token(FIRST, with(header(FIRST), "alg", "rs256"), claims())),
                invalid("alg is missing", "alg missing", token(FIRST, without(header(FIRST), "alg"), claims())),
                invalid("alg is missing", "alg null", token(FIRST, with(header(FIRST), "alg", null), claims())),
                invalid(
                        "alg is missing",
                        "alg a list",
                        token(FIRST, with(header(FIRST), "alg", List.of("RS256")), claims())),
                invalid(
                        "alg is not allowed",
                        "alg unknown",
                        token(FIRST, with(header(FIRST), "alg", "RS1024"), claims())),
                invalid(
                        "alg is not allowed",
                        "HS256 with the public key",
                        signed(
                                Algorithm.HMAC256(publicKey),
                                json(with(header(FIRST), "alg", "HS256")),
                                json(claims()))),
                invalid(
                        "the signature",
                        "HS256 under the name of RS256",
                        signed(Algorithm.HMAC256(publicKey), json(header(FIRST)), json(claims()))),
                invalid(
                        "alg is not allowed",
                        "HS384",
                        signed(
                                Algorithm.HMAC384(publicKey),
                                json(with(header(FIRST), "alg", "HS384")),
                                json(claims()))),
                invalid(
                        "alg is not allowed",
                        "HS512",
                        signed(
                                Algorithm.HMAC512(publicKey),
                                json(with(header(FIRST), "alg", "HS512")),
                                json(claims()))),
                invalid(
                        "alg is not allowed",
                        "ES256",
                        signed(es256, json(with(header(FIRST), "alg", "ES256")), json(claims()))),
                invalid(
                        "alg is not allowed",
                        "PS256",
                        signed(
                                Algorithm.RSA256PSS(FIRST.publicKey(), FIRST.privateKey()),
                                json(with(header(FIRST), "alg", "PS256")),
                                json(claims()))),
                invalid(
                        "the signature",
                        "PS256 under the name of RS256",
                        signed(
                                Algorithm.RSA256PSS(FIRST.publicKey(), FIRST.privateKey()),
                                json(header(FIRST)),
                                json(claims()))),
                invalid(
                        "the signature",
                        "RS512 said, RS256 done",
                        token(FIRST, with(header(FIRST), "alg", "RS512"), claims())),
                invalid(
                        "the signature",
                        "RS512 done with a key for RS256",
                        signed(
                                Algorithm.RSA512(FIRST.publicKey(), FIRST.privateKey()),
                                json(with(header(FIRST), "alg", "RS512")),
                                json(claims()))),
                invalid(
                        "the signature",
                        "brings its own key",
                        token(TestKey.STRANGER, with(header(FIRST), "jwk", TestKey.STRANGER.jwk()), claims())),
                invalid(
                        "kid is unknown",
                        "points to its own keys",
                        token(
                                TestKey.STRANGER,
                                with(header(TestKey.STRANGER), "jku", "https://evil.example.com/jwks.json"),
                                claims())),
                invalid("crit", "crit", token(FIRST, with(header(FIRST), "crit", List.of("exp")), claims())),
                invalid("crit", "crit empty", token(FIRST, with(header(FIRST), "crit", List.of()), claims())),
                invalid("crit", "crit null", token(FIRST, with(header(FIRST), "crit", null), claims())),
                invalid(
                        "crit",
                        "crit b64",
                        token(FIRST, with(with(header(FIRST), "crit", List.of("b64")), "b64", false), claims())));
    }

    static Stream<Arguments> malformed() {
        String good = token(claims());
        String[] parts = good.split("\\.", -1);
        String header = json(header(FIRST));
        String payload = json(claims());
        Stream<Arguments> shapes = Stream.concat(
                        SHAPES.stream(),
                        Stream.of(
                                parts[0] + "." + parts[1],
                                "." + parts[1] + "." + parts[2],
                                parts[0] + ".." + parts[2],
                                parts[0] + "=." + parts[1] + "." + parts[2],
                                parts[0] + ".\ud800." + parts[2],
                                good + ".",
                                good + ".x",
                                "." + good,
                                good + "=",
                                good + " ",
                                " " + good,
                                good + "\n",
                                good + "\u0000",
                                good + "é",
                                good.replace('.', ','),
                                "Bearer " + good))
                .map(token -> invalid("compact form", "shape of " + Printable.text(token), token));
        Stream<Arguments> huge = Stream.of("x".repeat(1_000_000), "a.".repeat(500_000))
                .map(token -> invalid("too long", "length of " + Printable.text(token), token));
        Stream<Arguments> noJson = Stream.of("a.b.c", "aaa.bbb.ccc", "YWJj.YWJj.YWJj", "oat_a.b.c", good.substring(1))
                .map(token -> invalid("strict JSON", "parts of " + Printable.text(token), token));
        Stream<Arguments> contents = Stream.of(
                invalid(
                        "too long",
                        "longer than the cap",
                        token(with(claims(), "name", "n".repeat(BearerToken.MAX_LENGTH)))),
                invalid("no JSON object", "header a list", signed(FIRST, "[" + header + "]", payload)),
                invalid("no JSON object", "header text", signed(FIRST, "\"RS256\"", payload)),
                invalid("strict JSON", "header with something behind", signed(FIRST, header + "{}", payload)),
                invalid(
                        "strict JSON",
                        "header with alg twice",
                        signed(FIRST, "{\"alg\":\"none\"," + header.substring(1), payload)),
                invalid("strict JSON", "header not JSON", signed(FIRST, header.substring(1), payload)),
                invalid("alg is missing", "header empty", signed(FIRST, "{}", payload)),
                invalid("decoded", "payload a list", signed(FIRST, header, "[" + payload + "]")),
                invalid("decoded", "payload a number", signed(FIRST, header, "1")),
                invalid("no JSON object", "payload null", signed(FIRST, header, "null")),
                invalid("decoded", "payload blank", signed(FIRST, header, " ")),
                invalid("iss is missing", "payload empty", signed(FIRST, header, "{}")),
                invalid("strict JSON", "payload with something behind", signed(FIRST, header, payload + " x")),
                invalid("decoded", "payload not JSON", signed(FIRST, header, payload.replace(":", "="))),
                invalid(
                        "strict JSON",
                        "payload with sub twice",
                        signed(FIRST, header, "{\"sub\":\"user_eve\"," + payload.substring(1))),
                invalid(
                        "strict JSON",
                        "payload with exp twice",
                        signed(FIRST, header, "{\"exp\":9999999999," + payload.substring(1))),
                invalid("decoded", "payload with a comment", signed(FIRST, header, "/**/" + payload)),
                invalid(
                        "decoded",
                        "payload deep",
                        signed(
                                FIRST,
                                header,
                                "{\"x\":" + "[".repeat(2000) + "]".repeat(2000) + "," + payload.substring(1))),
                invalid(
                        "strict JSON",
                        "payload with a number of 1,000 digits",
                        signed(FIRST, header, "{\"x\":" + "9".repeat(1000) + "," + payload.substring(1))),
                invalid("decoded", "payload with NaN", signed(FIRST, header, "{\"x\":NaN," + payload.substring(1))),
                invalid(
                        "decoded",
                        "a token within a token",
                        signed(FIRST, json(with(header(FIRST), "cty", "JWT")), good)));
        return Stream.of(shapes, huge, noJson, contents).flatMap(each -> each);
    }
}
