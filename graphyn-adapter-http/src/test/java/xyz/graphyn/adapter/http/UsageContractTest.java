package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.adapter.http.TestApi.Reply;

class UsageContractTest {
    private static final String MIA = "Bearer member.mia.1";
    private static final String ANTHROPIC =
            "{\"input_tokens\":150,\"cache_read_input_tokens\":0,\"cache_creation_input_tokens\":0,\"output_tokens\":20}";

    private final TestApi api = TestApi.whole();
    private String agent = "";

    @BeforeEach
    void createAgent() {
        agent = api.post("/agents", "{\"name\":\"a\"}").header("Location");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /** A history of ten words in each of so many nodes. */
    private void remember(int nodes, String session) {
        IntStream.range(0, nodes)
                .forEach(i -> api.post(
                        agent + "/nodes",
                        "{\"type\":\"fact\",\"content\":\"w w w w w w w w w w\",\"sessionId\":\"" + session + "\"}"));
    }

    private JsonNode context(String more) {
        Reply reply = api.post(agent + "/context", "{\"query\":\"q\",\"tokenBudget\":30" + more + "}");
        assertEquals(200, reply.status(), reply::body);
        return reply.json().path("usage");
    }

    private Reply report(String usage, String more, String... headers) {
        return api.post(agent + "/usage", "{\"model\":\"priced-large\",\"usage\":" + usage + more + "}", headers);
    }

    private JsonNode overview(String query, String... headers) {
        Reply reply = api.get("/usage" + query, headers);
        assertEquals(200, reply.status(), reply::body);
        return reply.json();
    }

    @Test
    void metersAContextAndComparesTheReportThatNamesIt() {
        remember(20, "chat");
        JsonNode usage = context(",\"sessionId\":\"chat\",\"model\":\"priced-large\"");
        assertEquals(200, usage.path("baselineTokens").asLong());
        long sent = usage.path("contextTokens").asLong();
        assertTrue(sent > 0 && sent <= 30);
        Reply reported =
                report(ANTHROPIC, ",\"contextId\":\"" + usage.path("id").asString() + "\"");
        assertEquals(201, reported.status(), reported::body);
        JsonNode report = reported.json();
        assertEquals(usage.path("id"), report.path("contextId"));
        assertEquals(150, report.path("uncachedTokens").asLong());
        // The rest, 150 - S, would have been there as well, and 200 in place of S.
        double saving = 1 - 150.0 / (150 - sent + 200);
        assertEquals(saving, report.path("netCostSaving").asDouble(), 1e-9);
        assertEquals(new BigDecimal("0.000575"), report.path("cost").decimalValue());
        JsonNode totals = overview("").path("totals");
        assertEquals(1, totals.path("requests").asLong());
        assertEquals(200 - sent, totals.path("savedTokens").asLong());
        assertEquals(1 - sent / 200.0, totals.path("tokenSaving").asDouble(), 1e-9);
        assertEquals(saving, totals.path("netCostSaving").asDouble(), 1e-9);
        assertEquals("EUR", totals.path("currency").asString());
        assertEquals(1, totals.path("comparedReports").asLong());
    }

    @Test
    void takesTheCallersLatestContextWhereNoneIsNamed() {
        remember(20, "chat");
        JsonNode usage = context(",\"sessionId\":\"chat\"");
        JsonNode matched = report(ANTHROPIC, ",\"sessionId\":\"chat\"").json();
        assertEquals(usage.path("id"), matched.path("contextId"));
        assertTrue(report(ANTHROPIC, ",\"sessionId\":\"other\"")
                .json()
                .path("contextId")
                .isNull());
        JsonNode shorter = report("{\"prompt_tokens\":3,\"completion_tokens\":1}", ",\"sessionId\":\"chat\"")
                .json();
        assertTrue(shorter.path("contextId").isNull(), "a prompt that is shorter can't have held it");
        assertTrue(shorter.path("netCostSaving").isNull());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"prompt_tokens":100,"completion_tokens":7,"total_tokens":107}|100,0,0,7
            {"prompt_tokens":100,"completion_tokens":7,"prompt_tokens_details":{"cached_tokens":64}}|36,64,0,7
            {"prompt_tokens":100,"completion_tokens":7,"prompt_tokens_details":null}|100,0,0,7
            {"input_tokens":100,"output_tokens":7,"input_tokens_details":{"cached_tokens":64}}|36,64,0,7
            {"input_tokens":100,"output_tokens":7}|100,0,0,7
            {"input_tokens":100,"cache_read_input_tokens":64,"cache_creation_input_tokens":5,"output_tokens":7}|100,64,5,7
            {"input_tokens":100,"cache_read_input_tokens":null,"output_tokens":7,"service_tier":"x"}|100,0,0,7
            {"promptTokenCount":100,"cachedContentTokenCount":64,"candidatesTokenCount":7}|36,64,0,7
            {"promptTokenCount":100,"candidatesTokenCount":7,"thoughtsTokenCount":3}|100,0,0,10""")
    void understandsWhatProvidersSend(String block, String expected) {
        Reply reply = report(block, "");
        assertEquals(201, reply.status(), reply::body);
        JsonNode json = reply.json();
        assertEquals(
                expected,
                String.join(
                        ",",
                        json.path("uncachedTokens").asString(),
                        json.path("cacheReadTokens").asString(),
                        json.path("cacheWriteTokens").asString(),
                        json.path("outputTokens").asString()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}|/usage not-understood
            {"tokens":7}|/usage not-understood
            {"prompt_tokens":1,"input_tokens":1}|/usage not-understood
            {"input_tokens":1,"cache_read_input_tokens":0,"input_tokens_details":{}}|/usage not-understood
            {"prompt_tokens":-1}|/usage/prompt_tokens out-of-range
            {"prompt_tokens":1000000001}|/usage/prompt_tokens out-of-range
            {"prompt_tokens":99999999999999999999}|/usage/prompt_tokens out-of-range
            {"prompt_tokens":1.5}|/usage/prompt_tokens wrong-type
            {"prompt_tokens":"7"}|/usage/prompt_tokens wrong-type
            {"prompt_tokens":null}|/usage/prompt_tokens required
            {"prompt_tokens":1,"completion_tokens":-1}|/usage/completion_tokens out-of-range
            {"prompt_tokens":1,"prompt_tokens_details":7}|/usage/prompt_tokens_details wrong-type
            {"prompt_tokens":7,"prompt_tokens_details":{"cached_tokens":8}}|/usage/prompt_tokens_details/cached_tokens out-of-range
            {"promptTokenCount":7,"cachedContentTokenCount":8}|/usage/cachedContentTokenCount out-of-range
            {"input_tokens":1,"cache_read_input_tokens":-2}|/usage/cache_read_input_tokens out-of-range""")
    void refusesWhatNoProviderSends(String block, String expected) {
        Reply refused = report(block, "");
        assertEquals(400, refused.status(), refused::body);
        assertEquals("validation " + expected, refused.problem());
        if (expected.endsWith("not-understood")) {
            assertTrue(
                    refused.body().contains("prompt_tokens") && refused.body().contains("promptTokenCount"));
        }
        assertEquals(0, overview("").path("totals").path("reports").asLong());
    }

    @Test
    void refusesOtherMistakes() {
        assertEquals(
                "validation /contextId unknown",
                report(ANTHROPIC, ",\"contextId\":\"0197a1d2-0000-7000-8000-000000000009\"")
                        .problem());
        assertEquals(
                "validation /occurredAt out-of-range",
                report(ANTHROPIC, ",\"occurredAt\":\"9999-01-01T00:00:00Z\"").problem());
        assertEquals(
                "validation /sessionId blank",
                report(ANTHROPIC, ",\"sessionId\":\" \"").problem());
        assertEquals(
                "validation /cost unknown", report(ANTHROPIC, ",\"cost\":1").problem());
    }

    @Test
    void keepsAReportOfOneExternalIdOnce() {
        Reply first = report(ANTHROPIC, ",\"externalId\":\"call-1\"");
        Reply again = report("{\"prompt_tokens\":9}", ",\"externalId\":\"call-1\"");
        assertEquals(201, first.status());
        assertEquals(200, again.status());
        assertEquals(first.body(), again.body());
        assertEquals(1, overview("").path("totals").path("reports").asLong());
    }

    @Test
    void takesReportsOfThoseOnlyWhoMayWrite() {
        assertEquals(403, report(ANTHROPIC, "", "Authorization", MIA).status());
        assertEquals(
                404,
                report(ANTHROPIC, "", "Authorization", "Bearer admin.eve.2").status());
    }

    @Test
    void showsTheirOwnToMembersAndAllToAdmins() {
        report(ANTHROPIC, "");
        assertEquals(
                0,
                overview("", "Authorization", MIA)
                        .path("totals")
                        .path("reports")
                        .asLong());
        assertEquals(
                200,
                api.post(agent + "/context", "{\"query\":\"q\",\"tokenBudget\":9}", "Authorization", MIA)
                        .status());
        assertEquals(
                1,
                overview("", "Authorization", MIA)
                        .path("totals")
                        .path("requests")
                        .asLong());
        JsonNode all = overview("", "Authorization", "Bearer admin.grace.1").path("totals");
        assertEquals(1, all.path("requests").asLong());
        assertEquals(1, all.path("reports").asLong());
        assertEquals(
                0,
                overview("", "Authorization", "Bearer admin.eve.2")
                        .path("totals")
                        .path("requests")
                        .asLong());
    }

    @Test
    void tellsOfNothingWithoutGuessing() {
        JsonNode totals = overview("").path("totals");
        assertEquals(0, totals.path("tokenSaving").asDouble());
        for (String unknown : List.of("netCostSaving", "cost", "currency")) {
            assertTrue(totals.has(unknown) && totals.path(unknown).isNull(), unknown);
        }
    }

    @Test
    void dividesByDaySessionAgentAndModel() {
        report(ANTHROPIC, ",\"sessionId\":\"chat\",\"occurredAt\":\"2026-05-03T23:59:59Z\"");
        report(ANTHROPIC, ",\"sessionId\":\"chat\",\"occurredAt\":\"2026-05-04T00:00:00Z\"");
        String days = "?from=2026-05-03T12:00:00Z&to=2026-05-04T00:00:01Z";
        JsonNode byDay = overview(days);
        assertEquals("2026-05-03", byDay.path("from").asString());
        assertEquals("2026-05-05", byDay.path("to").asString());
        assertEquals(List.of("2026-05-03", "2026-05-04"), byDay.path("series").findValuesAsString("key"));
        assertEquals(2, byDay.path("totals").path("reports").asLong());
        JsonNode bySession = overview(days + "&by=session").path("series");
        assertEquals(List.of("chat"), bySession.findValuesAsString("key"));
        assertTrue(agent.endsWith(bySession.path(0).path("agentId").asString()));
        assertEquals(2, bySession.path(0).path("reports").asLong());
        assertEquals(
                List.of("priced-large"),
                overview(days + "&by=model").path("series").findValuesAsString("key"));
        assertTrue(agent.endsWith(
                overview(days + "&by=agent").path("series").path(0).path("key").asString()));
        assertEquals(
                1,
                overview("?from=2026-05-04T00:00:00Z&to=2026-05-05T00:00:00Z")
                        .path("totals")
                        .path("reports")
                        .asLong());
        assertEquals(
                0,
                overview(days + "&model=priced").path("totals").path("reports").asLong());
        assertFalse(byDay.path("more").asBoolean());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?from=2026-05-04T00:00:00Z&to=2026-05-04T00:00:00Z",
                "?from=2026-05-04T00:00:00Z&to=2027-05-08T00:00:00Z"
            })
    void refusesDaysThatAreNoneOrTooMany(String query) {
        assertEquals("validation from out-of-range", api.get("/usage" + query).problem());
    }

    @Test
    void refusesSessionsOfOneModel() {
        assertEquals(
                "validation model not-possible",
                api.get("/usage?by=session&model=m").problem());
        assertEquals("validation by unknown", api.get("/usage?by=hour").problem());
    }

    @Test
    void masksTheNamesOfSessions() {
        report(ANTHROPIC, ",\"sessionId\":\"kim@example.com\"");
        Reply raw = api.get("/usage?by=session");
        assertTrue(raw.body().contains("kim@example.com"));
        String vic = "Bearer viewer.vic.1";
        api.post(
                agent + "/context",
                "{\"query\":\"q\",\"tokenBudget\":9,\"sessionId\":\"kim@example.com\"}",
                "Authorization",
                vic);
        Reply masked = api.get("/usage?by=session", "Authorization", vic);
        assertEquals(List.of("[EMAIL]"), masked.json().path("series").findValuesAsString("key"));
        assertEquals("1", masked.header("Graphyn-Masked"));
    }
}
