package xyz.graphyn.domain.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.validation.Invalid;
import xyz.graphyn.domain.validation.Violation;

class AgentProfileTest {
    @Test
    void takesWhatIsJustShortEnough() {
        new AgentProfile(
                "n".repeat(AgentProfile.MAX_NAME),
                "d".repeat(AgentProfile.MAX_DESCRIPTION),
                "i".repeat(AgentProfile.MAX_INSTRUCTIONS),
                "m".repeat(AgentProfile.MAX_MODEL),
                new Json("{\"a\":\"" + "x".repeat(AgentProfile.MAX_METADATA - 8) + "\"}"));
    }

    @Test
    void namesEveryFieldThatIsWrong() {
        Invalid invalid = assertThrows(
                Invalid.class,
                () -> new AgentProfile(
                        " ",
                        "d".repeat(AgentProfile.MAX_DESCRIPTION + 1),
                        "\0",
                        "",
                        new Json("{\"a\":\"" + "x".repeat(AgentProfile.MAX_METADATA) + "\"}")));
        assertEquals(
                List.of("/name", "/description", "/instructions", "/model", "/metadata"),
                invalid.violations().stream().map(Violation::pointer).toList());
    }

    @Test
    void neverGoesBackInTime() {
        Instant later = Instant.parse("2026-01-02T00:00:00Z");
        AgentProfile profile = new AgentProfile("a", null, null, null, Json.EMPTY);
        Agent agent = new Agent(
                new AgentId(new UUID(0, 1)),
                new OrganizationId(new UUID(0, 2)),
                profile,
                "ada",
                later,
                later,
                Findings.UNSCANNED);
        assertEquals(
                later,
                agent.changedTo(profile, later.minusSeconds(1), Findings.UNSCANNED)
                        .updatedAt());
        assertEquals(
                later.plusSeconds(1),
                agent.changedTo(profile, later.plusSeconds(1), Findings.UNSCANNED)
                        .updatedAt());
    }

    @Test
    void sortsIdsAsPostgresqlDoes() {
        AgentId low = new AgentId(UUID.fromString("01900000-0000-7000-8000-000000000000"));
        AgentId high = new AgentId(UUID.fromString("01900000-0000-7000-bfff-ffffffffffff"));
        AgentId later = new AgentId(UUID.fromString("71900000-0000-7fff-8000-000000000000"));
        assertEquals(-1, Integer.signum(low.compareTo(high)));
        assertEquals(-1, Integer.signum(high.compareTo(later)));
        assertEquals(-1, Integer.signum(low.toString().compareTo(high.toString())));
    }
}
