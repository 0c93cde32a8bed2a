package xyz.graphyn.adapter.http.endpoint;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.paging.Pagination;
import xyz.graphyn.application.access.Caller;

/** A request that was found good, without its body: what its endpoint declared is there, and nothing else. */
public final class Request {
    private final @Nullable Caller caller;
    private final Map<PathId, UUID> ids;
    private final Map<QueryParameter<?>, Object> query;
    private final @Nullable Pagination pagination;

    /**
     * @param caller null if the endpoint is open
     * @param query what each declared parameter read
     * @param pagination null if the endpoint has no pages
     */
    public Request(
            @Nullable Caller caller,
            Map<PathId, UUID> ids,
            Map<QueryParameter<?>, Object> query,
            @Nullable Pagination pagination) {
        this.caller = caller;
        this.ids = Map.copyOf(ids);
        this.query = Map.copyOf(query);
        this.pagination = pagination;
    }

    /** This request for one piece of a list. */
    public Request in(Pagination piece) {
        return new Request(caller, ids, query, piece);
    }

    /** A request of the same caller for what these ids name, with nothing in the query. */
    Request on(Map<PathId, UUID> others) {
        return new Request(caller, others, Map.of(), null);
    }

    /** @throws IllegalStateException if the endpoint is open: it doesn't ask who calls */
    public Caller caller() {
        return declared(caller, "caller");
    }

    public UUID id(PathId id) {
        return declared(ids.get(id), id.name());
    }

    @SuppressWarnings("unchecked") // a parameter reads what it is a parameter of
    public <T> T query(QueryParameter<T> parameter) {
        return (T) declared(query.get(parameter), parameter.name());
    }

    /** Which piece of the list is asked for. */
    public Pagination page() {
        return declared(pagination, "page");
    }

    private static <T> T declared(@Nullable T value, String what) {
        if (value == null) {
            throw new IllegalStateException("The endpoint does not declare " + what);
        }
        return value;
    }
}
