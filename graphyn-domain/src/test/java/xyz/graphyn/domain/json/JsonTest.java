package xyz.graphyn.domain.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void escapesWhatMustBeEscapedAndNothingElse() {
        SequencedMap<String, String> members = new LinkedHashMap<>();
        members.put("role", "user");
        members.put("na\"me", "a\\b \"c\"\n\u001f/ é \ud83e\udd84");
        assertEquals(
                "{\"role\":\"user\",\"na\\\"me\":\"a\\\\b \\\"c\\\"\\u000a\\u001f/ é \ud83e\udd84\"}",
                Json.of(members).text());
    }

    @Test
    void makesAnObjectOfNothing() {
        assertEquals(Json.EMPTY, Json.of(new LinkedHashMap<>()));
    }
}
