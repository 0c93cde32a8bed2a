package xyz.graphyn.adapter.postgres.usage;

import static xyz.graphyn.adapter.postgres.transaction.PostgresDialect.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.postgres.transaction.Columns;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.Visibility;
import xyz.graphyn.application.usage.UsageStore;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.usage.Comparison;
import xyz.graphyn.domain.usage.ContextUsage;
import xyz.graphyn.domain.usage.Cost;
import xyz.graphyn.domain.usage.ReportedUsage;
import xyz.graphyn.domain.usage.UsageId;
import xyz.graphyn.domain.usage.UsageRow;

/** {@code token_usage}: to rows and back. */
final class UsageRows {
    private static final String COLUMNS = """
            organization_id, usage_id, at, agent_id, subject, session_id, model, sent, baseline, window_tokens,
            tokenizer, measured, uncached, cache_read, cache_write, output, prices_writes, external_id, context_id, actual,
            full_price, cached_price, cost, currency""";

    /** Tells which rows were added: those with an id or an external id that is there are not. */
    static final String INSERT = """
            INSERT INTO token_usage (%s)
            SELECT organization_id, usage_id, at::timestamptz, agent_id, subject, session_id, model, sent, baseline,
                window_tokens, tokenizer, measured::boolean, uncached, cache_read, cache_write, output,
                prices_writes::boolean, external_id, context_id, actual::numeric, full_price::numeric,
                cached_price::numeric, cost::numeric, currency
            FROM unnest(:organizations::uuid[], :ids::uuid[], :times::text[], :agents::uuid[], :subjects::text[],
                :sessions::text[], :models::text[], :sent::bigint[], :baselines::bigint[], :windows::bigint[],
                :tokenizers::text[], :measured::text[], :uncached::bigint[], :reads::bigint[], :writes::bigint[],
                :outputs::bigint[], :pricesWrites::text[], :externalIds::text[], :contexts::uuid[], :actual::text[],
                :full::text[], :cached::text[], :costs::text[], :currencies::text[])
                AS batch (%s)
            ON CONFLICT DO NOTHING
            RETURNING usage_id""".formatted(COLUMNS, COLUMNS);

    static final String EARLIER = """
            SELECT batch.usage_id, earlier.usage_id AS first_id
            FROM unnest(:organizations::uuid[], :ids::uuid[], :agents::uuid[], :externalIds::text[])
                AS batch (organization_id, usage_id, agent_id, external_id)
            CROSS JOIN LATERAL (
                SELECT usage_id FROM token_usage found
                WHERE found.organization_id = batch.organization_id AND found.agent_id = batch.agent_id
                  AND found.external_id = batch.external_id
                LIMIT 1) earlier""";

    /** In which the external ids are locked, lest two servers wait for each other. */
    static final Comparator<UsageRow> ORDER = Comparator.comparing(
                    (UsageRow row) -> row.origin().agent().organization().value())
            .thenComparing(row -> row.origin().agent().agent().value())
            .thenComparing(row -> row instanceof UsageRow.Reported reported && reported.externalId() != null
                    ? reported.externalId()
                    : "");

    private UsageRows() {}

    static Query bind(Query insert, List<UsageRow> rows) {
        bindNames(insert, rows);
        Columns.of(insert, rows)
                .times("times", row -> row.origin().at())
                .texts("subjects", row -> row.origin().subject())
                .texts("sessions", row -> row.origin().session())
                .texts("models", row -> row.origin().model())
                .numbers("sent", context(UsageRow.Assembled::usage, ContextUsage::contextTokens))
                .numbers("baselines", context(UsageRow.Assembled::usage, ContextUsage::baselineTokens))
                .numbers("windows", context(UsageRow.Assembled::usage, ContextUsage::windowTokens))
                .texts("tokenizers", context(UsageRow.Assembled::usage, ContextUsage::tokenizer))
                .texts("measured", context(UsageRow.Assembled::usage, usage -> Boolean.toString(usage.measured())))
                .numbers("uncached", report(UsageRow.Reported::usage, ReportedUsage::uncached))
                .numbers("reads", report(UsageRow.Reported::usage, ReportedUsage::cacheRead))
                .numbers("writes", report(UsageRow.Reported::usage, ReportedUsage::cacheWrite))
                .numbers("outputs", report(UsageRow.Reported::usage, ReportedUsage::output))
                .texts(
                        "pricesWrites",
                        report(UsageRow.Reported::usage, usage -> Boolean.toString(usage.pricesWrites())))
                .uuids("contexts", report(UsageRow.Reported::context, UsageId::value))
                .texts(
                        "actual",
                        report(
                                UsageRow.Reported::comparison,
                                compared -> compared.actual().toPlainString()))
                .texts(
                        "full",
                        report(
                                UsageRow.Reported::comparison,
                                compared -> compared.full().toPlainString()))
                .texts(
                        "cached",
                        report(
                                UsageRow.Reported::comparison,
                                compared -> compared.cached().toPlainString()))
                .texts(
                        "costs",
                        report(UsageRow.Reported::cost, cost -> cost.amount().toPlainString()))
                .texts("currencies", report(UsageRow.Reported::cost, Cost::currency));
        return insert;
    }

    static Query bindNames(Query query, List<UsageRow> rows) {
        Columns.of(query, rows)
                .uuids(
                        "organizations",
                        row -> row.origin().agent().organization().value())
                .uuids("ids", row -> row.origin().id().value())
                .uuids("agents", row -> row.origin().agent().agent().value())
                .texts("externalIds", report(UsageRow.Reported::externalId, id -> id));
        return query;
    }

    private static <S, T> Function<UsageRow, @Nullable T> context(
            Function<UsageRow.Assembled, S> part, Function<S, T> value) {
        return row -> row instanceof UsageRow.Assembled assembled ? value.apply(part.apply(assembled)) : null;
    }

    private static <S, T> Function<UsageRow, @Nullable T> report(
            Function<UsageRow.Reported, @Nullable S> part, Function<S, T> value) {
        return row -> {
            S of = row instanceof UsageRow.Reported reported ? part.apply(reported) : null;
            return of == null ? null : value.apply(of);
        };
    }

    static Optional<UsageRow> find(TenantDatabase database, AgentKey agent, UsageId id) {
        return database.apart(
                Visibility.of(agent.organization()),
                sql -> sql.query("""
                        SELECT %s FROM token_usage
                        WHERE organization_id = :organization AND agent_id = :agent AND usage_id = :id""".formatted(COLUMNS))
                        .bind("organization", agent.organization().value())
                        .bind("agent", agent.agent().value())
                        .bind("id", id.value())
                        .map(UsageRows::row)
                        .findOne());
    }

    static Optional<UsageRow.Assembled> latestContext(
            TenantDatabase database,
            AgentKey agent,
            String subject,
            @Nullable String session,
            Instant from,
            Instant to) {
        return database.apart(
                Visibility.of(agent.organization()),
                sql -> ofSession(sql.search("""
                                SELECT %s FROM token_usage
                                WHERE organization_id = :organization AND agent_id = :agent AND %s
                                  AND at >= :from AND at <= :to AND subject = :subject AND sent IS NOT NULL
                                ORDER BY at DESC, usage_id DESC LIMIT 1""".formatted(COLUMNS, inSession(session))), agent, session)
                        .bind("from", from)
                        .bind("to", to)
                        .bind("subject", subject)
                        .map(UsageRows::row)
                        .map(UsageRow.Assembled.class::cast)
                        .findOne());
    }

    static long warmHistory(TenantDatabase database, UsageRow.Assembled context, Instant at) {
        UsageRow.Origin origin = context.origin();
        String text = """
                SELECT coalesce(
                    (SELECT :own::bigint WHERE EXISTS (
                        SELECT FROM token_usage
                        WHERE organization_id = :organization AND agent_id = :agent AND %1$s
                          AND at >= :since AND at <= :at AND context_id = :id)),
                    (SELECT baseline FROM token_usage
                        WHERE organization_id = :organization AND agent_id = :agent AND %1$s
                          AND at >= :sinceContext AND at <= :contextAt AND sent IS NOT NULL AND usage_id <> :id
                          AND (at, usage_id) < (:contextAt, :id)
                        ORDER BY at DESC, usage_id DESC LIMIT 1),
                    0) AS warm""".formatted(inSession(origin.session()));
        return database.apart(
                Visibility.of(origin.agent().organization()),
                sql -> ofSession(sql.search(text), origin.agent(), origin.session())
                        .bind("own", context.usage().baselineTokens())
                        .bind("id", origin.id().value())
                        .bind("since", at.minus(UsageStore.CACHE_LIFE))
                        .bind("at", at)
                        .bind("sinceContext", origin.at().minus(UsageStore.CACHE_LIFE))
                        .bind("contextAt", origin.at())
                        .mapTo(Long.class)
                        .one());
    }

    private static String inSession(@Nullable String session) {
        return session == null ? "session_id IS NULL" : "session_id = :session";
    }

    private static Query ofSession(Query query, AgentKey agent, @Nullable String session) {
        query.bind("organization", agent.organization().value())
                .bind("agent", agent.agent().value());
        return session == null ? query : query.bind("session", session);
    }

    private static UsageRow row(ResultSet row, StatementContext context) throws SQLException {
        UsageRow.Origin origin = new UsageRow.Origin(
                new UsageId(row.getObject("usage_id", UUID.class)),
                instant(row, "at"),
                new AgentKey(
                        new OrganizationId(row.getObject("organization_id", UUID.class)),
                        new AgentId(row.getObject("agent_id", UUID.class))),
                row.getString("subject"),
                row.getString("session_id"),
                row.getString("model"));
        if (row.getObject("sent", Long.class) != null) {
            return new UsageRow.Assembled(
                    origin,
                    new ContextUsage(
                            row.getLong("sent"),
                            row.getLong("baseline"),
                            row.getLong("window_tokens"),
                            row.getString("tokenizer"),
                            row.getBoolean("measured")));
        }
        UUID of = row.getObject("context_id", UUID.class);
        return new UsageRow.Reported(
                origin,
                row.getString("external_id"),
                new ReportedUsage(
                        row.getLong("uncached"),
                        row.getLong("cache_read"),
                        row.getLong("cache_write"),
                        row.getLong("output"),
                        row.getBoolean("prices_writes")),
                of == null ? null : new UsageId(of),
                of == null
                        ? null
                        : new Comparison(
                                row.getBigDecimal("actual"),
                                row.getBigDecimal("full_price"),
                                row.getBigDecimal("cached_price")),
                row.getBigDecimal("cost") == null
                        ? null
                        : new Cost(row.getBigDecimal("cost"), row.getString("currency")));
    }
}
