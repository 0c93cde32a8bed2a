package xyz.graphyn.adapter.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xyz.graphyn.domain.json.Json;

class MergePatchTest {
    /** The cases of RFC 7396, appendix A, that start from an object and patch with one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"a\":\"b\"} ~ {\"a\":\"c\"} ~ {\"a\":\"c\"}",
                "{\"a\":\"b\"} ~ {\"b\":\"c\"} ~ {\"a\":\"b\",\"b\":\"c\"}",
                "{\"a\":\"b\"} ~ {\"a\":null} ~ {}",
                "{\"a\":\"b\",\"b\":\"c\"} ~ {\"a\":null} ~ {\"b\":\"c\"}",
                "{\"a\":[\"b\"]} ~ {\"a\":\"c\"} ~ {\"a\":\"c\"}",
                "{\"a\":\"c\"} ~ {\"a\":[\"b\"]} ~ {\"a\":[\"b\"]}",
                "{\"a\":{\"b\":\"c\"}} ~ {\"a\":{\"b\":\"d\",\"c\":null}} ~ {\"a\":{\"b\":\"d\"}}",
                "{\"a\":[{\"b\":\"c\"}]} ~ {\"a\":[1]} ~ {\"a\":[1]}",
                "{\"e\":null} ~ {\"a\":1} ~ {\"e\":null,\"a\":1}",
                "{} ~ {\"a\":{\"bb\":{\"ccc\":null}}} ~ {\"a\":{\"bb\":{}}}",
            })
    void mergesAsTheStandardSays(String target, String patch, String merged) {
        assertEquals(new Json(merged), MergePatch.apply(new Json(target), new Json(patch)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{ \"a\" : 1 } ~ {}",
                "{ \"a\" : 1.50 } ~ {\"a\":1.50}",
                "{ \"a\" : 1 } ~ {\"b\":null}",
                "{ \"a\" : { \"b\" : [1, 2], \"c\" : 1 } } ~ {\"a\":{\"b\":[1, 2],\"d\":null}}",
                "{ \"a\" : { } } ~ {\"a\":{\"b\":null}}",
            })
    void leavesTheTextWhereNothingChanges(String target, String patch) {
        assertEquals(new Json(target), MergePatch.apply(new Json(target), new Json(patch)));
    }

    @Test
    void leavesAnEmptyObjectThatIsRemoved() {
        assertEquals(new Json("{ }"), MergePatch.apply(new Json("{ }"), new Change.Remove<>()));
        assertEquals(Json.EMPTY, MergePatch.apply(new Json("{\"a\":1}"), new Change.Remove<>()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{ \"n\" : 1.500, \"big\":1e400 } ~ {\"x\":true} ~ {\"n\":1.500,\"big\":1e400,\"x\":true}",
                "{\"quote\\\"d\":\"\\u00e9\"} ~ {} ~ {\"quote\\\"d\":\"\\u00e9\"}",
                "{\"a\":{\"b\": [1,  2]}} ~ {\"a\":{\"c\":\"🦄\"}} ~ {\"a\":{\"b\":[1,  2],\"c\":\"🦄\"}}",
            })
    void keepsTheWayInWhichValuesWereWritten(String target, String patch, String merged) {
        assertEquals(new Json(merged), MergePatch.apply(new Json(target), new Json(patch)));
    }
}
