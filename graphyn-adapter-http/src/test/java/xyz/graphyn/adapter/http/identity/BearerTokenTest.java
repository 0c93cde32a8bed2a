package xyz.graphyn.adapter.http.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.access.Refusal.NotAuthenticated.Reason;

class BearerTokenTest {
    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc.DEF-_~+/0==", "bearer abc.DEF-_~+/0==", "BEARER   abc.DEF-_~+/0=="})
    void readsTheToken(String header) {
        assertEquals("abc.DEF-_~+/0==", BearerToken.in(List.of(header)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic YTpi", "Bearerx abc", "Bear abc", "abc", "Bearer\tabc", "DPoP abc"})
    void anotherSchemeIsNoToken(String header) {
        assertEquals(Reason.MISSING, refusal(List.of(header)));
    }

    @Test
    void noHeaderIsNoToken() {
        assertEquals(Reason.MISSING, refusal(List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer =",
                "Bearer a b",
                "Bearer a,b",
                "Bearer a ",
                "Bearer a=b",
                "Bearer \"a\"",
                "Bearer a\u0000",
                "Bearer a\n",
                "Bearer é",
                "Bearer Bearer a",
                "Bearer a, Bearer b"
            })
    void whatIsNotOneTokenIsInvalid(String header) {
        assertEquals(Reason.INVALID, refusal(List.of(header)));
    }

    @Test
    void twoHeadersAreInvalidEvenWhenTheyAgree() {
        assertEquals(Reason.INVALID, refusal(List.of("Bearer abc", "Bearer abc")));
    }

    @Test
    void theLengthIsCapped() {
        String longest = "a".repeat(BearerToken.MAX_LENGTH);

        assertEquals(longest, BearerToken.in(List.of("Bearer " + longest)));
        assertEquals(Reason.INVALID, refusal(List.of("Bearer " + longest + "a")));
    }

    private static Reason refusal(List<String> headers) {
        return assertThrows(Refusal.NotAuthenticated.class, () -> BearerToken.in(headers))
                .reason();
    }
}
