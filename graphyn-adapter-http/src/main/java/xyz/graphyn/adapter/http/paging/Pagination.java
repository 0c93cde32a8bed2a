package xyz.graphyn.adapter.http.paging;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.problem.Mistake;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemException;
import xyz.graphyn.adapter.http.problem.ProblemType;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.OrganizationId;

/** Which piece of a list a request asks for, and how the next one is asked for. */
public final class Pagination {
    public static final String CURSOR = "cursor";

    private final Cursors cursors;
    private final OrganizationId organization;
    private final List<String> scope;
    private final int limit;
    private final @Nullable String position;

    private Pagination(
            Cursors cursors, OrganizationId organization, List<String> scope, int limit, @Nullable String position) {
        this.cursors = cursors;
        this.organization = organization;
        this.scope = scope;
        this.limit = limit;
        this.position = position;
    }

    /**
     * @param scope what tells the list from all others: its path and its filter
     * @throws ProblemException if the cursor is not one of this list
     */
    public static Pagination of(
            Cursors cursors, OrganizationId organization, List<String> scope, int limit, Optional<String> cursor) {
        String position = cursor.map(
                        text -> cursors.read(organization, scope, text).orElseThrow(Pagination::invalid))
                .orElse(null);
        return new Pagination(cursors, organization, List.copyOf(scope), limit, position);
    }

    /** How many items at most. */
    public int limit() {
        return limit;
    }

    /**
     * Behind which item the page starts; empty for the list's beginning.
     *
     * @param read reads what {@link #next} was told; if it throws, the cursor is refused
     */
    public <P> Optional<P> position(Function<String, P> read) {
        try {
            return Optional.ofNullable(position).map(read);
        } catch (RuntimeException ofAnotherVersion) {
            // Sealed by this key, so one of our own from before positions were written as now. Parsers tell of that in
            // many ways: a DateTimeException, an index out of bounds.
            throw invalid();
        }
    }

    /**
     * The cursor of the page that follows.
     *
     * @param position writes the place of an item in the list
     * @return null if nothing follows
     */
    public <T> @Nullable String next(Page<T> page, Function<T, String> position) {
        return page.more()
                ? cursors.write(organization, scope, position.apply(page.items().getLast()))
                : null;
    }

    private static ProblemException invalid() {
        return new Problem(
                        ProblemType.INVALID_CURSOR,
                        "The cursor was not given out for this list with this filter.",
                        List.of(Mistake.inParameter(CURSOR, "invalid", "must be a nextCursor of this very list")),
                        Map.of())
                .thrown();
    }
}
