package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import xyz.graphyn.adapter.http.TestApi.Reply;

/** Every kind of bad body, through the socket: a problem that names the place, never a fault. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private TestApi api;

    @BeforeAll
    void start() {
        api = new TestApi(new TestEndpoints().all());
    }

    @AfterAll
    void stop() {
        api.close();
    }

    static Stream<Arguments> bodies() {
        String keys =
                IntStream.range(0, 10_001).mapToObj(i -> "\"k" + i + "\":0").collect(Collectors.joining(","));
        return Stream.of(
                Arguments.of("empty", "", "validation  required"),
                Arguments.of("white space", "  \n ", "validation  required"),
                Arguments.of("null", "null", "validation  wrong-type"),
                Arguments.of("a list", "[]", "validation  wrong-type"),
                Arguments.of("text", "\"a\"", "validation  wrong-type"),
                Arguments.of("no JSON", "name=a", "malformed-json  malformed"),
                Arguments.of("half", "{\"name\":\"a", "malformed-json /name malformed"),
                Arguments.of("two", "{\"name\":\"a\"}{}", "malformed-json  malformed"),
                Arguments.of("NaN", "{\"size\":NaN}", "malformed-json /size malformed"),
                Arguments.of("missing", "{}", "validation /name required"),
                Arguments.of("null where text is needed", "{\"name\":null}", "validation /name required"),
                Arguments.of("wrong type", "{\"name\":7}", "validation /name wrong-type"),
                Arguments.of("text for a number", "{\"name\":\"a\",\"size\":\"7\"}", "validation /size wrong-type"),
                Arguments.of("fraction", "{\"name\":\"a\",\"size\":7.5}", "validation /size wrong-type"),
                Arguments.of("unknown", "{\"name\":\"a\",\"role\":\"admin\"}", "validation /role unknown"),
                Arguments.of("twice", "{\"name\":\"a\",\"name\":\"b\"}", "validation /name duplicate"),
                Arguments.of(
                        "twice inside", payload("{\"a\":[{\"b\":1,\"b\":2}]}"), "validation /payload/a/0/b duplicate"),
                Arguments.of("lone surrogate", "{\"name\":\"\\ud800\"}", "validation /name lone-surrogate"),
                Arguments.of("inside", payload("{\"a\":[\"\\udfff\"]}"), "validation /payload/a/0 lone-surrogate"),
                Arguments.of("NUL", "{\"name\":\"a\\u0000\"}", "validation /name nul"),
                Arguments.of("NUL inside", payload("{\"a\":\"\\u0000\"}"), "validation /payload/a nul"),
                Arguments.of("raw NUL", "{\"name\":\"a\0\"}", "malformed-json /name malformed"),
                Arguments.of(
                        "10,000 digits",
                        "{\"name\":\"a\",\"size\":" + "9".repeat(10_000) + "}",
                        "validation /size too-long"),
                Arguments.of(
                        "inside", payload("{\"n\":-" + "9".repeat(10_000) + "}"), "validation /payload/n too-long"),
                Arguments.of(
                        "exponent", payload("{\"n\":1e" + "9".repeat(10_000) + "}"), "validation /payload/n too-long"),
                Arguments.of("deep", payload("{\"d\":" + "[".repeat(70) + "]".repeat(70) + "}"), null),
                Arguments.of("very deep", "[".repeat(200_000), null),
                Arguments.of("very deep objects", "{\"a\":".repeat(40_000), null),
                Arguments.of("10,001 members", payload("{" + keys + "}"), "validation  too-many"),
                Arguments.of(
                        "text for an object", "{\"name\":\"a\",\"payload\":\"{}\"}", "validation /payload wrong-type"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void namesThePlace(String what, String body, @Nullable String problem) {
        Reply reply = api.post("/things", body);
        assertEquals(400, reply.status(), reply::body);
        assertEquals("application/problem+json", reply.header("Content-Type"));
        assertTrue(reply.body().length() < 5_000, "a problem is no echo");
        if (problem == null) {
            assertTrue(reply.problem().endsWith(" too-deep"), reply::body);
        } else {
            assertEquals(problem.trim(), reply.problem());
        }
    }

    static Stream<Arguments> bytes() {
        return Stream.of(
                Arguments.of("raw lone surrogate", "ED A0 80"),
                Arguments.of("overlong NUL", "C0 80"),
                Arguments.of("Latin-1", "E9"),
                Arguments.of("cut off", "F0 9F A6"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bytes")
    void namesThePlaceOfBrokenUtf8(String what, String octets) {
        byte[] bad = HexFormat.ofDelimiter(" ").parseHex(octets);
        byte[] before = "{\"name\":\"a".getBytes(StandardCharsets.UTF_8);
        byte[] after = "\"}".getBytes(StandardCharsets.UTF_8);
        Reply reply = api.send(api.request("/things")
                .setHeader("Content-Type", "application/json")
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofByteArray(before),
                        BodyPublishers.ofByteArray(bad),
                        BodyPublishers.ofByteArray(after)))
                .build());
        assertEquals(400, reply.status());
        assertEquals("validation /name not-utf-8", reply.problem());
    }

    private static String payload(String object) {
        return "{\"name\":\"a\",\"payload\":" + object + "}";
    }
}
