package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.adapter.http.TestApi.Reply;

class MaskingContractTest {
    private static final String DEFAULTS =
            "{\"masking\":{\"revision\":0,\"levels\":{\"admin\":\"raw\",\"member\":\"partial\","
                    + "\"viewer\":\"masked\",\"auditor\":\"masked\"},\"unhidden\":[],\"phoneRegions\":[\"US\"],\"fields\":[],"
                    + "\"patterns\":[]},\"savings\":{\"windowMessages\":20}}";

    private final TestApi api = TestApi.whole();

    @AfterEach
    void stop() {
        api.close();
    }

    private Reply change(String masking, String... headers) {
        return api.send("PATCH", "/organization/settings", "{\"masking\":" + masking + "}", headers);
    }

    private Reply preview(String payload) {
        return api.post("/compliance/preview", "{\"payload\":" + payload + "}");
    }

    @Test
    void startsFromTheDefaults() {
        Reply settings = api.get("/organization/settings");
        assertEquals(200, settings.status());
        assertEquals(DEFAULTS, settings.body());
    }

    private Reply changeSavings(String savings) {
        return api.send("PATCH", "/organization/settings", "{\"savings\":" + savings + "}");
    }

    @Test
    void changesWhatSavingsAreMeasuredAgainst() {
        Reply changed = changeSavings("{\"windowMessages\":3}");
        assertEquals(DEFAULTS.replace(":20}", ":3}"), changed.body());
        assertEquals(changed.body(), api.get("/organization/settings").body());
        assertEquals(
                changed.body(),
                api.send("PATCH", "/organization/settings", "{}").body(),
                "a patch that says nothing changes nothing");
    }

    @Test
    void changesNeitherWhereOneIsMistaken() {
        Reply both = api.send(
                "PATCH", "/organization/settings", "{\"masking\":{\"revision\":7},\"savings\":{\"windowMessages\":3}}");
        assertEquals(409, both.status(), both::body);
        assertEquals(DEFAULTS, api.get("/organization/settings").body());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"windowMessages":0}    | /savings/windowMessages out-of-range
            {"windowMessages":1001} | /savings/windowMessages out-of-range
            {"windowMessages":null} | /savings/windowMessages required
            {}                      | /savings/windowMessages required
            null                    | /savings required
            """)
    void namesTheMistakeInSavings(String savings, String mistake) {
        Reply reply = changeSavings(savings);
        assertEquals(400, reply.status(), reply::body);
        JsonNode error = reply.json().get("errors").get(0);
        assertEquals(
                mistake,
                error.get("pointer").asString() + " " + error.get("code").asString());
    }

    @Test
    void changesWhatIsGivenAndKeepsTheRest() {
        Reply first =
                change("{\"revision\":0,\"levels\":{\"member\":\"masked\"},\"unhidden\":[\"PHONE\",\"IP_ADDRESS\"],"
                        + "\"fields\":[{\"path\":\"**.customer.name\",\"kind\":\"PERSON\"}]}");
        assertEquals(200, first.status(), first::body);
        Reply second = change("{\"revision\":1,\"phoneRegions\":[\"GB\",\"DE\"],"
                + "\"patterns\":[{\"name\":\"staff-id\",\"regex\":\"S-\\\\d{6}\",\"kind\":\"STAFF_ID\"}]}");
        assertEquals(
                "{\"masking\":{\"revision\":2,\"levels\":{\"admin\":\"raw\",\"member\":\"masked\",\"viewer\":\"masked\","
                        + "\"auditor\":\"masked\"},\"unhidden\":[\"IP_ADDRESS\",\"PHONE\"],\"phoneRegions\":[\"DE\",\"GB\"],"
                        + "\"fields\":[{\"path\":\"**.customer.name\",\"kind\":\"PERSON\"}],"
                        + "\"patterns\":[{\"name\":\"staff-id\",\"regex\":\"S-\\\\d{6}\",\"kind\":\"STAFF_ID\"}]},\"savings\":{\"windowMessages\":20}}",
                second.body());
        assertEquals(second.body(), api.get("/organization/settings").body());
        assertEquals(
                DEFAULTS,
                api.get("/organization/settings", "Authorization", "Bearer admin.eve.2")
                        .body());
    }

    @Test
    void takesAMergePatch() {
        assertEquals(
                200,
                change("{\"revision\":0,\"unhidden\":[\"PHONE\"]}", "Content-Type", "application/merge-patch+json")
                        .status());
    }

    @Test
    void refusesAChangeThatStartsFromWhatIsPast() {
        assertEquals(200, change("{\"revision\":0,\"unhidden\":[\"PHONE\"]}").status());
        Reply late = change("{\"revision\":0,\"unhidden\":[]}");
        assertEquals(409, late.status());
        assertEquals("conflict", late.problem());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                              | /masking/revision required
            {"revision":0,"levels":{"viewer":"raw"}}                        | /masking/levels/viewer too-much
            {"revision":0,"levels":{"auditor":"partial"}}                   | /masking/levels/auditor too-much
            {"revision":0,"levels":{"viewer":"none"}}                       | /masking/levels/viewer unknown
            {"revision":0,"levels":{"viewer":null}}                         | /masking/levels/viewer required
            {"revision":0,"levels":{"owner":"raw"}}                         | /masking/levels/owner unknown
            {"revision":0,"unhidden":["e-mail"]}                            | /masking/unhidden/0 malformed
            {"revision":0,"unhidden":null}                                  | /masking/unhidden required
            {"revision":0,"phoneRegions":["Germany"]}                       | /masking/phoneRegions malformed
            {"revision":0,"fields":[{"path":"a..b","kind":"PERSON"}]}       | /masking/fields/0/path malformed
            {"revision":0,"fields":[{"path":"a","kind":"person"}]}          | /masking/fields/0/kind malformed
            {"revision":0,"patterns":[{"name":"a","regex":"(","kind":"XX"}]} | /masking/patterns/0/regex invalid-regex
            {"revision":0,"patterns":[{"name":"A","regex":"a","kind":"XX"}]} | /masking/patterns/0/name malformed
            {"revision":0,"secret":true}                                    | /masking/secret unknown
            """)
    void namesTheMistake(String masking, String mistake) {
        Reply reply = change(masking);
        assertEquals("validation " + mistake, reply.problem());
        assertEquals(DEFAULTS, api.get("/organization/settings").body());
    }

    @Test
    void namesEveryMistake() {
        Reply reply = change("{\"revision\":0,\"levels\":{\"viewer\":\"raw\"},\"phoneRegions\":[\"x\"]}");
        assertEquals(2, reply.json().path("errors").size(), reply::body);
    }

    @Test
    void takesAsMuchAsItMayHave() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            fields.append(i == 0 ? "" : ",").append("{\"path\":\"");
            fields.append("ü".repeat(196))
                    .append(i)
                    .append("\",\"kind\":\"")
                    .append("K".repeat(40))
                    .append("\"}");
        }
        StringBuilder patterns = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            patterns.append(i == 0 ? "" : ",").append("{\"name\":\"n").append(i).append("\",\"regex\":\"");
            patterns.append("ü".repeat(500))
                    .append("\",\"kind\":\"")
                    .append("K".repeat(40))
                    .append("\"}");
        }
        assertEquals(
                200,
                change("{\"revision\":0,\"fields\":[" + fields + "],\"patterns\":[" + patterns + "]}")
                        .status());
    }

    @Test
    void previewsWhatEachLevelSees() {
        Reply reply = preview("{\"to\":\"🦄 ada@example.com\", \"card\" : 4242424242424242}");
        assertEquals(200, reply.status(), reply::body);
        assertEquals(
                "{\"findings\":[{\"path\":\"/to\",\"start\":2,\"end\":17,\"kind\":\"EMAIL\","
                        + "\"rule\":\"email\"},{\"path\":\"/card\",\"start\":0,\"end\":16,"
                        + "\"kind\":\"CREDIT_CARD\",\"rule\":\"credit-card\"}],"
                        + "\"partial\":{\"to\":\"🦄 a***@example.com\", \"card\" : \"**** **** **** 4242\"},"
                        + "\"masked\":{\"to\":\"🦄 [EMAIL]\", \"card\" : \"[CREDIT_CARD]\"}}",
                reply.body());
    }

    @Test
    void previewsByTheSettingsOfTheOrganization() {
        change("{\"revision\":0,\"unhidden\":[\"EMAIL\"],\"fields\":[{\"path\":\"who\",\"kind\":\"PERSON\"}]}");
        JsonNode preview =
                preview("{\"who\":\"Ada\",\"to\":\"ada@example.com\"}").json();
        assertEquals(
                "{\"who\":\"[PERSON]\",\"to\":\"ada@example.com\"}",
                preview.path("masked").toString());
        assertEquals(2, preview.path("findings").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "7", "null"})
    void previewsObjectsOnly(String payload) {
        assertEquals(400, preview(payload).status());
    }
}
