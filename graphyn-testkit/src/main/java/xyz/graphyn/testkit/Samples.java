package xyz.graphyn.testkit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.access.Principal;
import xyz.graphyn.domain.access.Role;
import xyz.graphyn.domain.agent.AgentProfile;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.memory.NodeDraft;

/** Values for tests that care about something else. */
public final class Samples {
    /** What breaks careless code: emoji beyond the BMP, joined ones, quotes, escapes, right-to-left text, a zero-width space. */
    public static final String NASTY_TEXT =
            "Zoë said: \"it's 10% off\\n\" 🦄👩‍👩‍👧 שלום \u200b𝒳 '; DROP TABLE event; --";

    /** JSON whose spacing, member order and numbers would not survive being parsed and written again. */
    public static final Json NASTY_JSON =
            new Json("{ \"b\":1.0,\t\"a\" : [ 1e2, 12345678901234567890, \"\\u00e9 é 🦄\" ] }");

    private Samples() {}

    public static Principal principal(OrganizationId organization, String subject, Role role) {
        return new Principal(organization, subject, role, null, Instant.parse("2099-01-01T00:00:00Z"));
    }

    public static AgentProfile profile(String name) {
        return new AgentProfile(name, null, null, null, Json.EMPTY);
    }

    public static EventDraft event(@Nullable String externalId) {
        return new EventDraft("message", new Json("{\"content\":\"hello\"}"), null, null, externalId);
    }

    public static NodeDraft node(String content) {
        return new NodeDraft("fact", content, List.of(), Json.EMPTY, null, null, null);
    }
}
