package xyz.graphyn.adapter.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import xyz.graphyn.adapter.http.problem.Mistake;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemException;
import xyz.graphyn.adapter.http.problem.ProblemType;

class JsonLinesTest {
    private static final String FULL = "1\n\n".repeat(ValueReader.MAX_ITEMS);

    @Test
    void takesAsManyLinesAsAListMayHave() {
        assertTrue(lines(FULL).toString().startsWith("{\"events\":[1,1,"));
    }

    /** What stands behind is no JSON: had it been looked at, that would be the mistake. */
    @Test
    void stopsAtTheFirstLineTooMany() {
        Problem problem =
                assertThrows(ProblemException.class, () -> lines(FULL + "{")).problem();
        assertEquals(ProblemType.VALIDATION, problem.type());
        Mistake mistake = problem.mistakes().getFirst();
        assertEquals("/events too-many", mistake.name() + " " + mistake.code());
    }

    private static JsonText lines(String body) {
        return JsonLines.of(body.getBytes(StandardCharsets.UTF_8), "events", 10);
    }
}
