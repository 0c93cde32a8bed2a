package xyz.graphyn.adapter.http.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xyz.graphyn.adapter.http.json.JsonItems;
import xyz.graphyn.adapter.http.problem.ProblemType;
import xyz.graphyn.domain.access.AgentPermission;

class EndpointTest {
    private static final PathId AGENT_ID = new PathId("agentId", "agent", "The agent.", new UUID(0x7000, 1));

    @Test
    void takesNoKeyWhereItsAnswerNamesNothingToFetch() {
        Endpoint.Draft draft = Endpoint.post("/agents/{agentId}/thing", "doThing")
                .permission(Permission.signedIn())
                .documented("Things", "Do a thing", "It is done.")
                .reply(Reply.noContent("Done."))
                .ids(AGENT_ID)
                .idempotent(fetch());
        IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> draft.handledBy(request -> Answer.noContent()));
        assertTrue(String.valueOf(refusal.getMessage()).contains("where to find"), refusal::getMessage);
    }

    @Test
    void repeatsByNothingThatNeedsMoreThanALocation() {
        Endpoint.Draft draft = draft(Permission.signedIn());
        Endpoint list = get("/things").paged().handledBy(request -> Answer.noContent());
        Endpoint filtered = get("/things")
                .query(QueryParameter.text("q", 10, "A word.", "ada"))
                .handledBy(request -> Answer.noContent());
        Endpoint change = draft(Permission.signedIn()).handledBy(request -> Answer.noContent());
        for (Endpoint unfit : List.of(list, filtered, change)) {
            assertThrows(IllegalStateException.class, () -> draft.idempotent(unfit), unfit::toString);
        }
    }

    private static Endpoint fetch() {
        return get("/agents/{agentId}").ids(AGENT_ID).handledBy(request -> Answer.noContent());
    }

    private static Endpoint.Draft get(String path) {
        return Endpoint.get(path, "getThing")
                .permission(Permission.signedIn())
                .documented("Things", "Get a thing", "As it is.")
                .reply(Reply.noContent("It."));
    }

    @Test
    void takesNoKeyForABodyThatItDoesNotHold() {
        JsonBody<List<Name>> names = JsonBody.list(
                Names.class, new JsonItems<>("names", Name.class, name -> name, 10, 10), "{\"names\":[]}");
        Endpoint.DraftOfBody<List<Name>> draft =
                draft(Permission.createAgents()).idempotent(fetch()).body(names);
        assertThrows(IllegalStateException.class, () -> draft.handledBy((request, body) -> Answer.noContent()));
    }

    record Name(String name) {}

    record Names(List<Name> names) {}

    @Test
    void takesKeysWhereTheRoleDecides() {
        Endpoint endpoint =
                draft(Permission.createAgents()).idempotent(fetch()).handledBy(request -> Answer.noContent());
        assertTrue(endpoint.idempotent());
    }

    @Test
    void mayRefuseEverybodyButThoseWhomItDoesNotAsk() {
        assertEquals(false, mayRefuse(Permission.open()));
        assertEquals(true, mayRefuse(Permission.signedIn()));
        assertEquals(true, mayRefuse(Permission.createAgents()));
        assertEquals(true, mayRefuse(Permission.onAgent(AgentPermission.READ)));
    }

    private static boolean mayRefuse(Permission permission) {
        return draft(permission)
                .handledBy(request -> Answer.noContent())
                .problems()
                .contains(ProblemType.NOT_ALLOWED);
    }

    private static Endpoint.Draft draft(Permission permission) {
        return Endpoint.post("/agents/{agentId}/thing", "doThing")
                .permission(permission)
                .documented("Things", "Do a thing", "It is done.")
                .reply(Reply.redirect("It is done there."))
                .ids(AGENT_ID);
    }
}
