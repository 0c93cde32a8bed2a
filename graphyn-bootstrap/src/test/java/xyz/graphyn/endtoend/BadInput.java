package xyz.graphyn.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

/** Bodies that no endpoint takes. */
final class BadInput {
    private BadInput() {}

    /** By what is wrong with them. */
    static Map<String, byte[]> bodies() {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        text(bodies, "an empty body", "");
        text(bodies, "white space", " \n ");
        text(bodies, "no JSON", "hello");
        text(bodies, "half an object", "{\"name\":");
        text(bodies, "two objects", "{}{}");
        text(bodies, "an array", "[]");
        text(bodies, "a string", "\"{}\"");
        text(bodies, "a number", "42");
        text(bodies, "null", "null");
        text(bodies, "a comment", "{/* hello */}");
        text(bodies, "single quotes", "{'name':'a'}");
        text(bodies, "not a number", "{\"name\":NaN}");
        text(bodies, "a duplicate key", "{\"name\":\"a\",\"name\":\"b\"}");
        text(
                bodies,
                "wrong types",
                "{\"name\":{},\"type\":[],\"content\":1,\"payload\":\"x\",\"events\":{},\"nodes\":1}");
        text(bodies, "nulls", "{\"name\":null,\"type\":null,\"payload\":null,\"events\":null,\"nodes\":null}");
        text(bodies, "a lone surrogate", "{\"name\":\"\\ud800\",\"type\":\"\\ud800\",\"content\":\"\\udc00\"}");
        text(bodies, "a lone surrogate in a key", "{\"\\ud800\":1}");
        text(bodies, "NUL", "{\"name\":\"a\\u0000b\",\"type\":\"\\u0000\",\"content\":\"\\u0000\"}");
        text(bodies, "a number of 10,000 digits", "{\"name\":" + "9".repeat(10_000) + "}");
        text(bodies, "a deep number of 10,000 digits", "{\"metadata\":{\"a\":" + "9".repeat(10_000) + "}}");
        text(bodies, "an exponent of 10,000 digits", "{\"metadata\":{\"a\":1e" + "9".repeat(10_000) + "}}");
        text(bodies, "depth", "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000));
        text(bodies, "deep arrays", "[".repeat(100_000));
        text(bodies, "depth in a known field", "{\"metadata\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}");
        text(
                bodies,
                "depth in a payload",
                "{\"type\":\"a\",\"payload\":" + "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_001));
        text(bodies, "a blank name", "{\"name\":\" \",\"type\":\"\",\"content\":\"\"}");
        text(
                bodies,
                "a long name",
                "{\"name\":\"" + "x".repeat(100_000) + "\",\"type\":\"" + "x".repeat(1_000) + "\"}");
        text(bodies, "a long key", "{\"" + "k".repeat(200_000) + "\":1}");
        text(bodies, "many keys", manyKeys());
        text(bodies, "a huge body", "{\"name\":\"" + "x".repeat(9 * 1024 * 1024) + "\"}");
        bodies.put("broken UTF-8", "{\"name\":\"\u00c3(\"}".getBytes(ISO_8859_1));
        bodies.put("a surrogate in UTF-8", "{\"name\":\"\u00ed\u00a0\u0080\"}".getBytes(ISO_8859_1));
        bodies.put("overlong UTF-8", "{\"name\":\"\u00c0\u00af\"}".getBytes(ISO_8859_1));
        bodies.put("UTF-16", "{\"name\":\"a\"}".getBytes(UTF_16));
        bodies.put("raw control characters", "{\"name\":\"a\u0001b\"}".getBytes(UTF_8));
        return bodies;
    }

    private static void text(Map<String, byte[]> bodies, String what, String body) {
        bodies.put(what, body.getBytes(UTF_8));
    }

    private static String manyKeys() {
        StringBuilder json = new StringBuilder("{\"type\":\"a\",\"payload\":{");
        for (int i = 0; i < 200_000; i++) {
            json.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":1");
        }
        return json.append("}}").toString();
    }
}
