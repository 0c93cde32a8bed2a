package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.agent.AgentMasking;
import xyz.graphyn.domain.event.EventMasking;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.MaskingPolicy;
import xyz.graphyn.domain.masking.MaskingSettings;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.masking.View;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeMasking;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.storage.StaleRowsContract;
import xyz.graphyn.testkit.storage.Storage;

/**
 * Servers of the releases before, which run on this schema while they are replaced: as the server's role, with the statements
 * of that time.
 */
@Timeout(120)
class OlderServerTest {
    private static final View MASKED = new View(AccessLevel.MASKED, Set.of());

    /** For what it offers to its own tests. */
    private static final StaleRowsContract ROWS = OlderServerTest::storage;

    private static TestDatabase database;

    @BeforeAll
    static void create() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static Storage storage() {
        return database.ports();
    }

    /** In one transaction of the older server. */
    private static void older(OrganizationId organization, String... statements) {
        try (Connection connection = database.connect(TestDatabase.app());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT set_config('graphyn.organizations', '{" + organization + "}', true)");
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String[] event(AgentKey agent, int seq) {
        return new String[] {
            "UPDATE agent_head SET event_seq = " + seq + " WHERE agent_id = '" + agent.agent() + "'",
            """
            INSERT INTO event (organization_id, agent_id, event_id, seq, occurred_at, received_at, type, payload)
            VALUES ('%s', '%s', gen_random_uuid(), %d, now(), now(), 'message', '{"to":"ada@example.com"}')""".formatted(agent.organization(), agent.agent(), seq)
        };
    }

    private static String node(AgentKey agent) {
        return """
                INSERT INTO node (organization_id, agent_id, node_id, occurred_at, created_at, updated_at, type, content,
                    labels, properties)
                VALUES ('%s', '%s', '%s', now(), now(), now(), 'fact', 'ada@example.com', ARRAY['label'], '{}')""".formatted(agent.organization(), agent.agent(), StaleRowsContract.IDS.next());
    }

    private static void assertHiddenUntilSearched(AgentKey agent) {
        ROWS.eventsOf(agent).stream()
                .filter(event -> event.findings().rules().equals(RulesVersion.NONE))
                .forEach(event -> assertThrows(IllegalArgumentException.class, () -> EventMasking.seen(event, MASKED)));
        ROWS.nodesOf(agent).stream()
                .filter(node -> node.findings().rules().equals(RulesVersion.NONE))
                .forEach(node -> assertThrows(IllegalArgumentException.class, () -> NodeMasking.seen(node, MASKED)));
    }

    /** An agent of which all is searched, so that no marker tells of version 0. */
    private static AgentKey settled(int builtIn) {
        AgentKey agent = ROWS.searchedAgent(RulesVersion.of(builtIn - 1, 0), 2);
        ROWS.searchAll(builtIn);
        assertEquals(List.of(), unsearched("agent_rules", agent));
        return agent;
    }

    private static List<String> unsearched(String table, AgentKey agent) {
        return database.read(
                "SELECT agent_id FROM " + table + " WHERE rules_version = 0 AND agent_id = '" + agent.agent() + "'");
    }

    @Test
    void searchesWhatTheyWriteAfterAllElseWas() {
        int builtIn = ROWS.newRelease() + 1;
        AgentKey agent = settled(builtIn);
        older(agent.organization(), event(agent, 3));
        older(agent.organization(), node(agent));
        assertEquals(1, unsearched("event", agent).size());
        assertEquals(1, unsearched("node", agent).size());
        assertHiddenUntilSearched(agent);
        assertTrue(ROWS.searchAll(builtIn) > 0);
        ROWS.assertSearchedBy(RulesVersion.of(builtIn, 0), agent, 3);
        older(agent.organization(), event(agent, 4));
        older(agent.organization(), node(agent));
        ROWS.searchAll(builtIn);
        ROWS.assertSearchedBy(RulesVersion.of(builtIn, 0), agent, 4);
        assertEquals(List.of(), unsearched("agent_rules", agent));
    }

    @Test
    void searchesAnAgentThatTheyCreate() {
        int builtIn = ROWS.newRelease() + 1;
        AgentKey agent = new AgentKey(ROWS.newOrganization(), new AgentId(StaleRowsContract.IDS.next()));
        older(
                agent.organization(),
                """
                INSERT INTO agent (organization_id, agent_id, name, name_folded, metadata, created_by, created_at, updated_at)
                VALUES ('%s', '%s', 'Ada', 'ada', '{}', 'ada@example.com', now(), now())""".formatted(agent.organization(), agent.agent()),
                "INSERT INTO agent_head (organization_id, agent_id) VALUES ('%s', '%s')"
                        .formatted(agent.organization(), agent.agent()));
        assertThrows(
                IllegalArgumentException.class,
                () -> AgentMasking.seen(storage().agents().find(agent).orElseThrow(), MASKED));
        ROWS.searchAll(builtIn);
        ROWS.assertSearchedBy(RulesVersion.of(builtIn, 0), agent, 0);
    }

    @Test
    void forgetsWhatWasFoundInATextThatTheyChange() {
        int builtIn = ROWS.newRelease() + 1;
        RulesVersion rules = RulesVersion.of(builtIn, 0);
        AgentKey agent = settled(builtIn);
        Node node = ROWS.nodesOf(agent).getFirst();
        older(
                agent.organization(),
                "UPDATE node SET content = 'now ada@example.com', updated_at = now() WHERE node_id = '" + node.id()
                        + "'",
                "UPDATE agent SET description = 'of ada@example.com', updated_at = now() WHERE agent_id = '"
                        + agent.agent() + "'");
        assertEquals(
                Findings.UNSCANNED,
                storage().nodes().find(agent, node.id()).orElseThrow().findings());
        assertEquals(
                Findings.UNSCANNED, storage().agents().find(agent).orElseThrow().findings());
        ROWS.searchAll(builtIn);
        ROWS.assertSearchedBy(rules, agent, 2);
    }

    @Test
    void keepsWhatIsFoundByWhoSearchesWhatTheyChange() {
        int builtIn = ROWS.newRelease() + 1;
        RulesVersion rules = RulesVersion.of(builtIn, 0);
        AgentKey agent = settled(builtIn);
        Findings found = new Findings(rules, Map.of("/content", List.of(new Finding(0, 15, Kind.EMAIL, "email"))));
        Node node = ROWS.add(agent, found, Samples.node("ada@example.com"));
        ROWS.changeTo(agent, node, "nothing any more", rules);
        assertEquals(
                Findings.none(rules),
                storage().nodes().find(agent, node.id()).orElseThrow().findings());
        assertFalse(storage().staleRows().searchAgain(builtIn, ROWS.atPresent(builtIn)));
    }

    @Test
    void leavesARemovedAgentAlone() {
        int builtIn = ROWS.newRelease() + 1;
        AgentKey agent = settled(builtIn);
        storage().agents().remove(agent);
        assertEquals(List.of(), unsearched("agent_rules", agent));
        assertFalse(storage().staleRows().searchAgain(builtIn, ROWS.atPresent(builtIn)));
    }

    @Test
    void noticesASettingThatTheyChangeMeanwhile() {
        OrganizationId organization = ROWS.newOrganization();
        MaskingSettings first = MaskingSettings.DEFAULT.changedTo(
                DetectionRules.DEFAULT, new MaskingPolicy(MaskingPolicy.DEFAULT.levels(), Set.of(Kind.EMAIL)));
        assertTrue(replace(organization, 0, first));
        older(
                organization,
                "UPDATE masking_settings SET rules_revision = 1, phone_regions = '{DE}' WHERE rules_revision = 0");
        MaskingSettings stale =
                first.changedTo(first.rules(), new MaskingPolicy(MaskingPolicy.DEFAULT.levels(), Set.of(Kind.PHONE)));
        assertFalse(replace(organization, first.revision(), stale));
        MaskingSettings present = storage().maskingSettings().find(organization).orElseThrow();
        assertEquals(Set.of("DE"), present.rules().phoneRegions());
        assertEquals(2, present.revision());
        assertTrue(replace(organization, 2, present.changedTo(present.rules(), stale.policy())));
    }

    private static boolean replace(OrganizationId organization, int before, MaskingSettings settings) {
        return storage()
                .unitOfWork()
                .run(organization, () -> storage().maskingSettings().replace(organization, before, settings));
    }
}
