package xyz.graphyn.adapter.http.endpoint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import xyz.graphyn.adapter.http.json.Uuids;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemType;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.idempotency.StoredAnswer;

/**
 * How a request under an {@code Idempotency-Key} is answered when it was done before: what it made is fetched, by the endpoint
 * at its {@code Location}. So the repetition says what a fetch would say now, by the permissions, the masking and the audit
 * trail of now, under the first answer's status.
 */
public final class Repetition {
    private final Endpoint fetch;
    private final List<String> template;

    /** @throws IllegalStateException if {@code fetch} needs more than the ids in its path */
    Repetition(Endpoint fetch) {
        if (fetch.method() != Endpoint.Method.GET
                || fetch.paged()
                || !fetch.query().isEmpty()
                || !fetch.headers().isEmpty()) {
            throw new IllegalStateException(fetch + " needs more than a Location to answer");
        }
        this.fetch = fetch;
        this.template = List.of(fetch.path().split("/"));
    }

    /** @throws xyz.graphyn.adapter.http.problem.ProblemException not-found, if what was made is gone or out of sight */
    public Answer answer(Request request, StoredAnswer first) {
        try {
            return fetch.handle(request.on(ids(first.location())), null).repeating(first);
        } catch (Refusal.NotFound gone) {
            throw Problem.of(
                            ProblemType.NOT_FOUND,
                            "This request was done before, and is not done again. What it made is gone, or no longer"
                                    + " yours to see.")
                    .thrown();
        }
    }

    private Map<PathId, UUID> ids(String location) {
        List<String> parts = List.of(location.split("/"));
        Map<PathId, UUID> ids = new HashMap<>();
        for (PathId id : fetch.ids()) {
            int at = template.indexOf("{" + id.name() + "}");
            UUID value = at < parts.size() ? Uuids.parse(parts.get(at)) : null;
            if (value == null) {
                throw new IllegalStateException(location + " is no Location of " + fetch);
            }
            ids.put(id, value);
        }
        return ids;
    }
}
