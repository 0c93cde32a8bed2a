package xyz.graphyn.adapter.recall.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.memory.Message;
import xyz.graphyn.domain.validation.Invalid;
import xyz.graphyn.domain.validation.Violation;

class JacksonMessageReaderTest {
    private final JacksonMessageReader reader = new JacksonMessageReader();

    private Optional<Message> read(String json) {
        return reader.read(new Json(json));
    }

    private List<String> mistakes(String json) {
        return assertThrows(Invalid.class, () -> read(json)).violations().stream()
                .map(Violation::pointer)
                .toList();
    }

    @Test
    void readsRoleNameAndText() {
        assertEquals(
                Optional.of(new Message("user", "Ann", "Hi there")),
                read("{\"role\":\"user\",\"name\":\"Ann\",\"content\":\" Hi there \\n\",\"refusal\":null}"));
        assertEquals(
                Optional.of(new Message("assistant", null, "Hi")),
                read("{\"content\":\"Hi\",\"role\":\"assistant\",\"name\":null}"));
    }

    @Test
    void joinsPartsOfTextByBlankLines() {
        assertEquals(Optional.of(new Message("user", null, "One\n\nTwo")), read("""
                        {"role":"user","content":[{"type":"text","text":"One"},
                        {"type":"image_url","image_url":{"url":"x"}},{"type":"text","text":" "},
                        {"type":"input_text","text":"Two\\n"}]}"""));
    }

    @Test
    void findsNoTextWhereThereIsNone() {
        for (String content :
                List.of("null", "\"\"", "\" \\n\"", "[]", "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}}]")) {
            assertEquals(Optional.empty(), read("{\"role\":\"assistant\",\"content\":" + content + "}"), content);
        }
        assertEquals(Optional.empty(), read("{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\"}]}"));
    }

    @Test
    void saysWhereWhatIsNoMessageGoesWrong() {
        assertEquals(List.of("/role"), mistakes("{}"));
        assertEquals(List.of("/role"), mistakes("{\"role\":7,\"content\":\"x\"}"));
        assertEquals(List.of("/role"), mistakes("{\"role\":\" \",\"content\":\"x\"}"));
        assertEquals(List.of("/role"), mistakes("{\"role\":\"" + "r".repeat(201) + "\",\"content\":\"x\"}"));
        assertEquals(List.of("/name"), mistakes("{\"role\":\"user\",\"name\":{},\"content\":\"x\"}"));
        assertEquals(List.of("/content"), mistakes("{\"role\":\"user\",\"content\":{\"text\":\"x\"}}"));
        assertEquals(List.of("/content"), mistakes("{\"role\":\"user\",\"content\":7}"));
        assertEquals(List.of("/content/0"), mistakes("{\"role\":\"user\",\"content\":[\"x\"]}"));
        assertEquals(
                List.of("/content/1/type"),
                mistakes("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\"},{\"text\":\"y\"}]}"));
        assertEquals(List.of("/content/0/text"), mistakes("{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}"));
        assertEquals(
                List.of("/content/0/text"),
                mistakes("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":[]}]}"));
    }

    @Test
    void passesOverNumbersOfAnyLength() {
        assertEquals(
                Optional.of(new Message("user", null, "x")),
                read("{\"n\":" + "9".repeat(100_000) + ",\"e\":1e999999999,\"role\":\"user\",\"content\":\"x\"}"));
    }

    @Test
    void tellsTheSpeakerByItsOwnProperties() {
        Message named = new Message("user", "Zoë \"Z\"", "x");
        assertEquals(Optional.of("Zoë \"Z\""), reader.speaker(reader.properties(named)));
        assertEquals(Optional.of("tool"), reader.speaker(reader.properties(new Message("tool", null, "x"))));
    }

    @Test
    void tellsNoSpeakerWhereThereIsNone() {
        for (String properties : List.of("{}", "{\"name\":7,\"role\":null}", "{\"name\":\" \"}", "{\"other\":\"x\"}")) {
            assertEquals(Optional.empty(), reader.speaker(new Json(properties)), properties);
        }
    }
}
