package xyz.graphyn.adapter.http.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.problem.ProblemException;
import xyz.graphyn.adapter.http.problem.ProblemType;
import xyz.graphyn.domain.access.OrganizationId;

class PaginationTest {
    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(0x7000, 1));
    private static final List<String> SCOPE = List.of("/things");
    private static final Cursors CURSORS = new Cursors(new SecretKeySpec(new byte[32], "HmacSHA256"));

    @Test
    void refusesSealedPositionsThatWereWrittenInAnotherWay() {
        assertRefused("1", text -> text.substring(0, text.indexOf(' ')));
        assertRefused("yesterday", Instant::parse);
        assertRefused("one", Long::valueOf);
        assertEquals(Optional.of(1L), page("1").position(Long::valueOf));
    }

    /** Its seal fits no key, but nothing else is wrong with it. */
    @Test
    void showsACursorThatLooksLikeOne() {
        String example = String.valueOf(Endpoint.CURSOR.schema().getExamples().getFirst());
        byte[] bytes = Base64.getUrlDecoder().decode(example);
        assertEquals("\u000141", new String(bytes, 0, bytes.length - 16, StandardCharsets.UTF_8));
        assertTrue(example.length() <= Cursors.MAX_LENGTH);
    }

    private static void assertRefused(String position, Function<String, Object> read) {
        Pagination page = page(position);
        ProblemException refusal = assertThrows(ProblemException.class, () -> page.position(read));
        assertEquals(ProblemType.INVALID_CURSOR, refusal.problem().type());
    }

    private static Pagination page(String position) {
        return Pagination.of(
                CURSORS, ORGANIZATION, SCOPE, 10, Optional.of(CURSORS.write(ORGANIZATION, SCOPE, position)));
    }
}
