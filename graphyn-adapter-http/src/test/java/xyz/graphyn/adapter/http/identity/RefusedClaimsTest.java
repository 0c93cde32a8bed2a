package xyz.graphyn.adapter.http.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static xyz.graphyn.adapter.http.identity.TestIssuer.END;
import static xyz.graphyn.adapter.http.identity.TestIssuer.NOW;
import static xyz.graphyn.adapter.http.identity.TestIssuer.claims;
import static xyz.graphyn.adapter.http.identity.TestIssuer.header;
import static xyz.graphyn.adapter.http.identity.TestIssuer.json;
import static xyz.graphyn.adapter.http.identity.TestIssuer.signed;
import static xyz.graphyn.adapter.http.identity.TestIssuer.token;
import static xyz.graphyn.adapter.http.identity.TestIssuer.with;
import static xyz.graphyn.adapter.http.identity.TestIssuer.without;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import xyz.graphyn.application.access.Refusal.NotAuthenticated.Reason;

class RefusedClaimsTest extends RefusedTokens {
    @Test
    void theTokenThatAllTheBadOnesDifferFromIsGood() {
        assertEquals("user_ada", tokens.verify(token(claims())).subject());
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource({"untimely", "notForUs", "notSessions"})
    void isRefused(String failedCheck, String what, String token, Reason reason) {
        assertRefused(failedCheck, what, token, reason);
    }

    static Stream<Arguments> untimely() {
        long now = NOW.getEpochSecond();
        List<Arguments> table = new ArrayList<>(List.of(
                expired("expired as long ago as the skew", token(with(claims(), "exp", now - 5))),
                expired("expired a minute ago", token(with(with(claims(), "exp", now - 60), "iat", now - 120))),
                expired("expired in 1970", token(with(claims(), "exp", 0))),
                invalid("nbf is in the future", "not before 6 s from now", token(with(claims(), "nbf", now + 6))),
                invalid("iat is in the future", "issued 6 s from now", token(with(claims(), "iat", now + 6))),
                invalid(
                        "ends before",
                        "ends when it starts",
                        token(with(with(claims(), "nbf", now + 3), "exp", now + 3))),
                invalid(
                        "ends before",
                        "ends before it was issued",
                        token(with(with(claims(), "iat", now + 3), "exp", now + 2)))));
        for (String time : List.of("exp", "nbf", "iat")) {
            table.add(invalid(time + " ", time + " missing", token(without(claims(), time))));
            table.add(invalid(time + " ", time + " null", token(with(claims(), time, null))));
            table.add(invalid("decoded", time + " text", token(with(claims(), time, String.valueOf(now + 1)))));
            table.add(invalid("decoded", time + " a date", token(with(claims(), time, NOW.toString()))));
            table.add(invalid(time + " ", time + " a fraction", token(with(claims(), time, now + 1.5))));
            table.add(invalid(time + " ", time + " a float", token(with(claims(), time, (double) now + 1))));
            table.add(invalid(time + " ", time + " negative", token(with(claims(), time, -1))));
            table.add(invalid("decoded", time + " true", token(with(claims(), time, true))));
            table.add(invalid("decoded", time + " a list", token(with(claims(), time, List.of(now + 1)))));
            table.add(invalid(time + " ", time + " in milliseconds", token(with(claims(), time, END.toEpochMilli()))));
            table.add(invalid("decoded", time + " beyond a long", token(with(claims(), time, BigInteger.TWO.pow(64)))));
            table.add(invalid("decoded", time + " the largest long", token(with(claims(), time, Long.MAX_VALUE))));
        }
        return table.stream();
    }

    static Stream<Arguments> notForUs() {
        List<Arguments> table = new ArrayList<>();
        for (String issuer : List.of(
                "https://evil.example.com",
                TestIssuer.NAME + "/",
                TestIssuer.NAME.toUpperCase(Locale.ROOT),
                " " + TestIssuer.NAME,
                "")) {
            table.add(invalid("iss ", "iss «" + issuer + "»", token(with(claims(), "iss", issuer))));
        }
        for (String party : List.of(
                "https://evil.example.com",
                "https://app.example.com.evil.com",
                "https://APP.example.com",
                "",
                "null")) {
            table.add(invalid("azp ", "azp «" + party + "»", token(with(claims(), "azp", party))));
        }
        for (String claim : List.of("iss", "azp", "sub")) {
            table.add(invalid(claim + " ", claim + " missing", token(without(claims(), claim))));
            table.add(invalid(claim + " ", claim + " null", token(with(claims(), claim, null))));
            table.add(invalid(claim + " ", claim + " a number", token(with(claims(), claim, 42))));
            table.add(invalid(claim + " ", claim + " a list", token(with(claims(), claim, List.of(TestIssuer.NAME)))));
            table.add(invalid(claim + " ", claim + " an object", token(with(claims(), claim, Map.of("a", "b")))));
        }
        table.add(invalid(
                "azp",
                "client_id for a missing azp",
                token(with(without(claims(), "azp"), "client_id", TestIssuer.WEB_PAGE))));
        table.add(invalid("aud is no text", "aud a number", token(with(claims(), "aud", 42))));
        table.add(invalid("aud is no text", "aud an object", token(with(claims(), "aud", Map.of("a", "b")))));
        table.add(invalid("aud is no text", "aud a list of numbers", token(with(claims(), "aud", List.of(1, 2)))));
        return table.stream();
    }

    static Stream<Arguments> notSessions() {
        Map<String, @Nullable Object> version2 = with(claims(), "v", 2);
        Stream<Arguments> table = Stream.of(
                invalid("sts", "pending", token(with(version2, "sts", "pending"))),
                invalid("sts", "pending in version 1", token(with(claims(), "sts", "pending"))),
                invalid("sts", "of an unknown state", token(with(version2, "sts", "revoked"))),
                invalid("sts", "state a number", token(with(version2, "sts", 1))),
                invalid(
                        "sub is a machine",
                        "a machine's",
                        token(with(claims(), "sub", "mch_2vYVtestTESTtestTESTtestTESTtest"))),
                invalid("cat ", "a template's", token(FIRST, with(header(FIRST), "cat", "cl_B7d4PD222AAA"), claims())),
                invalid(
                        "cat ",
                        "a machine's by category",
                        token(FIRST, with(header(FIRST), "cat", "cl_B7d4PD333AAA"), claims())),
                invalid("cat ", "category a number", token(FIRST, with(header(FIRST), "cat", 1), claims())),
                invalid("v is", "version 3", token(with(claims(), "v", 3))),
                invalid("v is", "version 0", token(with(claims(), "v", 0))),
                invalid("v is", "version as text", token(with(claims(), "v", "2"))),
                invalid("v is", "version a fraction", token(with(claims(), "v", 2.5))),
                invalid(
                        "v is",
                        "version huge",
                        token(with(claims(), "v", BigInteger.TWO.pow(32).add(BigInteger.TWO)))),
                invalid("o is no object", "o text", token(with(version2, "o", "org_acme"))),
                invalid("o is no object", "o a list", token(with(version2, "o", List.of(Map.of("id", "org_acme"))))),
                invalid("id is missing", "o without id", token(with(version2, "o", Map.of("rol", "admin")))),
                invalid("id is no text", "o.id a number", token(with(version2, "o", Map.of("id", 1, "rol", "admin")))),
                invalid("id is blank", "o.id blank", token(with(version2, "o", Map.of("id", "", "rol", "admin")))),
                invalid(
                        "rol is no text",
                        "o.rol a list",
                        token(with(version2, "o", Map.of("id", "org_acme", "rol", List.of("admin"))))),
                invalid("org_id is no text", "org_id a number", token(with(claims(), "org_id", 1))),
                invalid("org_id is blank", "org_id blank", token(with(claims(), "org_id", " "))),
                invalid(
                        "org_role is no text",
                        "org_role a list",
                        token(with(with(claims(), "org_id", "org_acme"), "org_role", List.of("org:admin")))),
                invalid("act is no object", "act text", token(with(claims(), "act", "user_eve"))),
                invalid(
                        "sub is missing",
                        "act without sub",
                        token(with(claims(), "act", Map.of("iss", "https://dashboard.clerk.com")))),
                invalid("sub is no text", "act.sub a number", token(with(claims(), "act", Map.of("sub", 1)))),
                invalid("sub is blank", "sub blank", token(with(claims(), "sub", " \t"))),
                invalid("sub is blank", "sub of 256 characters", token(with(claims(), "sub", "u".repeat(256)))),
                invalid("sub is blank", "sub with NUL", token(with(claims(), "sub", "user_\u0000ada"))),
                invalid("sub is blank", "sub with a line break", token(with(claims(), "sub", "user_ada\nadmin"))),
                invalid(
                        "sub is blank",
                        "sub with half a surrogate pair",
                        signed(FIRST, json(header(FIRST)), json(claims()).replace("user_ada", "user_\\ud800"))));
        Stream<Arguments> types = Stream.of(
                        "at+jwt", "AT+JWT", "application/at+jwt", "logout+jwt", "dpop+jwt", "JWS", "", "custom-type")
                .map(type -> invalid(
                        "typ ", "typ «" + type + "»", token(FIRST, with(header(FIRST), "typ", type), claims())));
        Stream<Arguments> strangeTypes = IntStream.range(0, 1)
                .mapToObj(number -> invalid(
                        "typ is no text", "typ a number", token(FIRST, with(header(FIRST), "typ", number), claims())));
        return Stream.of(table, types, strangeTypes).flatMap(each -> each);
    }
}
