package xyz.graphyn.domain.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessPolicyTest {
    private static Principal principal(Role role) {
        return new Principal(new OrganizationId(new UUID(0, 1)), "ada", role, null, Instant.MAX);
    }

    @ParameterizedTest
    @CsvSource({
        "ADMIN,   ada,   MANAGE",
        "ADMIN,   grace, MANAGE",
        "MEMBER,  ada,   MANAGE",
        "MEMBER,  grace, READ",
        "VIEWER,  ada,   READ",
        "VIEWER,  grace, READ",
        "AUDITOR, ada,   EXISTENCE",
        "AUDITOR, grace, EXISTENCE"
    })
    void givesEachRoleItsOwn(Role role, String creator, AgentPermission expected) {
        assertEquals(expected, AccessPolicy.onAgent(principal(role), creator));
    }

    @ParameterizedTest
    @CsvSource({"ADMIN,true", "MEMBER,true", "VIEWER,false", "AUDITOR,false"})
    void letsAdminsAndMembersCreate(Role role, boolean expected) {
        assertEquals(expected, AccessPolicy.mayCreateAgents(principal(role)));
    }

    @ParameterizedTest
    @CsvSource({"ADMIN,true", "MEMBER,false", "VIEWER,false", "AUDITOR,false"})
    void letsAdminsSeeFailures(Role role, boolean expected) {
        assertEquals(expected, AccessPolicy.maySeeFailures(principal(role)));
    }

    @ParameterizedTest
    @CsvSource({"ADMIN,true", "MEMBER,false", "VIEWER,false", "AUDITOR,false"})
    void letsAdminsManageSettings(Role role, boolean expected) {
        assertEquals(expected, AccessPolicy.mayManageSettings(principal(role)));
    }

    @Test
    void includesEveryLowerPermission() {
        assertTrue(AgentPermission.MANAGE.covers(AgentPermission.READ));
        assertTrue(AgentPermission.READ.covers(AgentPermission.READ));
        assertFalse(AgentPermission.READ.covers(AgentPermission.WRITE));
        assertFalse(AgentPermission.EXISTENCE.covers(AgentPermission.READ));
        assertFalse(AgentPermission.NONE.covers(AgentPermission.EXISTENCE));
    }
}
