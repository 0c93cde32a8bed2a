package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.adapter.http.TestApi.Reply;

class IdempotencyTest {
    private static final String KEY = "Idempotency-Key";
    private static final String THING = "{\"name\":\"a\"}";

    private final TestEndpoints endpoints = new TestEndpoints();
    private final TestApi api = new TestApi(endpoints.all());

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void doesARequestOnceAndAnswersItAlike() {
        Reply first = api.post("/things", THING, KEY, "k");
        Reply second = api.post("/things", THING, KEY, "k");
        assertEquals(201, first.status());
        assertEquals(first.status(), second.status());
        assertEquals(first.body(), second.body());
        assertEquals(TestEndpoints.location(1), second.header("Location"));
        assertEquals(1, endpoints.made());
        assertEquals(
                TestEndpoints.location(2),
                api.post("/things", THING, KEY, "other").header("Location"));
        assertEquals(TestEndpoints.location(3), api.post("/things", THING).header("Location"));
    }

    @Test
    void answersARepetitionAsAFetchWouldNow() {
        Reply first = api.post("/things", THING, KEY, "k");
        assertEquals("", first.header("Graphyn-Masked"));
        assertEquals("1", api.post("/things", THING, KEY, "k").header("Graphyn-Masked"));
        assertEquals("2", api.post("/things", THING, KEY, "k").header("Graphyn-Masked"));
        assertEquals("3", api.get(first.header("Location")).header("Graphyn-Masked"));
    }

    @Test
    void saysThatWhatWasMadeIsGoneAndMakesNoOther() {
        api.post("/things", THING, KEY, "k");
        while (endpoints.made() < 10) {
            api.post("/things", THING);
        }
        Reply again = api.post("/things", THING, KEY, "k");
        assertEquals(404, again.status());
        assertEquals("not-found", again.problem());
        assertTrue(again.json().path("detail").asString().contains("was done before"), again::body);
        assertEquals(10, endpoints.made());
    }

    @Test
    void asksTheRoleOfNowBeforeItRepeats() {
        assertEquals(
                201,
                api.post("/things", THING, KEY, "k", "Authorization", "Bearer member.ada.1")
                        .status());
        assertEquals(
                403,
                api.post("/things", THING, KEY, "k", "Authorization", "Bearer viewer.ada.1")
                        .status());
        assertEquals(
                201,
                api.post("/things", THING, KEY, "k", "Authorization", "Bearer admin.ada.1")
                        .status());
        assertEquals(1, endpoints.made());
    }

    @Test
    void refusesTheKeyForAnotherRequest() {
        api.post("/things", THING, KEY, "k");
        Reply reply = api.post("/things", "{\"name\":\"b\"}", KEY, "k");
        assertEquals(422, reply.status());
        assertEquals("idempotency-key-reused", reply.problem());
        assertEquals(1, endpoints.made());
    }

    @Test
    void keepsTheKeysOfUsersAndOrganizationsApart() {
        api.post("/things", THING, KEY, "k");
        api.post("/things", THING, KEY, "k", "Authorization", "Bearer admin.ada.2");
        api.post("/things", THING, KEY, "k", "Authorization", "Bearer admin.bob.1");
        assertEquals(3, endpoints.made());
    }

    @Test
    void remembersNoRequestThatWasRefused() {
        assertEquals(400, api.post("/things", "{}", KEY, "k").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b"})
    void refusesAKeyThatIsNone(String key) {
        assertEquals(
                "validation Idempotency-Key malformed",
                api.post("/things", THING, KEY, key).problem());
    }

    @Test
    void boundsTheKey() {
        assertEquals(201, api.post("/things", THING, KEY, "k".repeat(255)).status());
        assertEquals(
                "validation Idempotency-Key malformed",
                api.post("/things", THING, KEY, "k".repeat(256)).problem());
    }

    @Test
    void saysWhereAKeyIsNotTaken() {
        assertEquals(
                "validation Idempotency-Key unsupported",
                api.post("/things/batch", "{\"things\":[]}", KEY, "k").problem());
    }
}
