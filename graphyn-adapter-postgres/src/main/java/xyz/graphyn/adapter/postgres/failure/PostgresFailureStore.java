package xyz.graphyn.adapter.postgres.failure;

import static xyz.graphyn.adapter.postgres.transaction.PostgresDialect.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.adapter.postgres.transaction.Visibility;
import xyz.graphyn.application.failure.Failure;
import xyz.graphyn.application.failure.FailureNote;
import xyz.graphyn.application.failure.FailureQuery;
import xyz.graphyn.application.failure.FailureStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;

/**
 * Notes in {@code failure}. A batch is one transaction: the notes and the deletion of what is too old go in one trip. To find
 * out what is too many, a walk past all that is kept is needed; so it is done when the slack may be used up, by what this
 * server has written itself, and at the first batch of an organization.
 */
public final class PostgresFailureStore implements FailureStore {
    /** Organizations of which we remember how much we wrote; beyond, all are looked at anew. */
    private static final int REMEMBERED = 10_000;

    private final TenantDatabase database;
    private final Retention retention;

    /** How many notes of an organization, or of none, were written since those beyond the newest were deleted. */
    private final Map<Optional<OrganizationId>, Long> written = new ConcurrentHashMap<>();

    public PostgresFailureStore(TenantDatabase database, Retention retention) {
        this.database = database;
        this.retention = retention;
    }

    @Override
    public void write(List<FailureNote> notes, Instant now) {
        if (notes.isEmpty() || notes.size() > MAX_BATCH) {
            throw new IllegalArgumentException(notes.size() + " notes");
        }
        Map<Optional<OrganizationId>, Long> counts = notes.stream()
                .collect(Collectors.groupingBy(
                        note -> Optional.ofNullable(note.failure().organization()), Collectors.counting()));
        Set<OrganizationId> organizations =
                counts.keySet().stream().flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
        Map<Optional<OrganizationId>, Long> next = new HashMap<>();
        counts.forEach((whose, count) -> {
            Long before = written.get(whose);
            next.put(whose, before == null || before + count > retention.slack() ? 0 : before + count);
        });
        database.alone(Visibility.of(organizations), sql -> {
            insert(sql, notes, organizations, now.minus(retention.age()));
            // Always in the same order, lest two servers wait for each other.
            next.entrySet().stream()
                    .filter(entry -> entry.getValue() == 0)
                    .map(Map.Entry::getKey)
                    .sorted(Comparator.comparing(whose ->
                            whose.map(OrganizationId::value).map(UUID::toString).orElse("")))
                    .forEach(whose -> deleteBeyondTheNewest(sql, whose));
            return notes.size();
        });
        if (written.size() > REMEMBERED) {
            written.clear();
        }
        written.putAll(next);
    }

    private static void insert(
            TenantSql sql, List<FailureNote> notes, Set<OrganizationId> organizations, Instant horizon) {
        Update update = sql.update("""
                        DELETE FROM failure
                        WHERE organization_id = ANY (:organizations::uuid[]) AND last_at < :horizon;

                        DELETE FROM failure WHERE organization_id IS NULL AND last_at < :horizon;

                        INSERT INTO failure (organization_id, failure_id, at, last_at, count, server, kind, agent_id, client,
                            seq, detail)
                        SELECT whose, id, first::timestamptz, last::timestamptz, count, server, kind, agent, client, seq,
                            detail
                        FROM unnest(:whose::uuid[], :ids::uuid[], :firsts::text[], :lasts::text[], :counts::bigint[],
                            :servers::text[], :kinds::text[], :agents::uuid[], :clients::text[], :seqs::bigint[],
                            :details::text[])
                            AS batch (whose, id, first, last, count, server, kind, agent, client, seq, detail)
                        ON CONFLICT (organization_id, failure_id) DO NOTHING""")
                .bindArray(
                        "organizations",
                        UUID.class,
                        organizations.stream()
                                .map(OrganizationId::value)
                                .sorted()
                                .toList())
                .bind("horizon", horizon);
        column(update, "whose", UUID.class, notes, note -> value(note.failure().organization(), OrganizationId::value));
        column(update, "ids", UUID.class, notes, FailureNote::id);
        column(update, "firsts", String.class, notes, note -> note.at().toString());
        column(update, "lasts", String.class, notes, note -> note.lastAt().toString());
        column(update, "counts", Long.class, notes, FailureNote::count);
        column(update, "servers", String.class, notes, FailureNote::server);
        column(
                update,
                "kinds",
                String.class,
                notes,
                note -> note.failure().kind().name());
        column(update, "agents", UUID.class, notes, note -> value(note.failure().agent(), AgentId::value));
        column(update, "clients", String.class, notes, note -> note.failure().client());
        column(update, "seqs", Long.class, notes, note -> note.failure().seq());
        column(update, "details", String.class, notes, note -> note.failure().detail());
        update.execute();
    }

    private static <T> void column(
            Update update,
            String name,
            Class<T> type,
            List<FailureNote> notes,
            Function<FailureNote, @Nullable T> value) {
        List<@Nullable T> values = new ArrayList<>();
        notes.forEach(note -> values.add(value.apply(note)));
        update.bindArray(name, type, values);
    }

    private static <S, T> @Nullable T value(@Nullable S of, Function<S, T> value) {
        return of == null ? null : value.apply(of);
    }

    private void deleteBeyondTheNewest(TenantSql sql, Optional<OrganizationId> whose) {
        String theirs = whose.isPresent() ? "organization_id = :organization" : "organization_id IS NULL";
        Update update = sql.update("""
                        DELETE FROM failure USING (
                            SELECT last_at, failure_id FROM failure WHERE %1$s
                            ORDER BY organization_id DESC, last_at DESC, failure_id DESC OFFSET :newest LIMIT 1) beyond
                        WHERE failure.%1$s
                          AND (failure.last_at, failure.failure_id) <= (beyond.last_at, beyond.failure_id)""".formatted(theirs)).bind("newest", retention.newest());
        whose.ifPresent(organization -> update.bind("organization", organization.value()));
        update.execute();
    }

    @Override
    public Page<FailureNote> page(OrganizationId organization, FailureQuery query) {
        FailurePageSql page = new FailurePageSql(query);
        List<FailureNote> oneMore = database.apart(
                Visibility.of(organization),
                sql -> page.bind(sql.search(page.text()), organization)
                        .map(PostgresFailureStore::note)
                        .list());
        return Page.of(oneMore, query.limit());
    }

    private static FailureNote note(ResultSet row, StatementContext context) throws SQLException {
        Failure failure = new Failure(
                Failure.Kind.valueOf(row.getString("kind")),
                value(row.getObject("organization_id", UUID.class), OrganizationId::new),
                value(row.getObject("agent_id", UUID.class), AgentId::new),
                row.getString("client"),
                row.getObject("seq", Long.class),
                row.getString("detail"));
        return new FailureNote(
                Objects.requireNonNull(row.getObject("failure_id", UUID.class)),
                failure,
                instant(row, "at"),
                instant(row, "last_at"),
                row.getLong("count"),
                row.getString("server"));
    }
}
