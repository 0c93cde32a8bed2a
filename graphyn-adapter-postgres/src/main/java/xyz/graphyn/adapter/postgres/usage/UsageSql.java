package xyz.graphyn.adapter.postgres.usage;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.Visibility;
import xyz.graphyn.application.usage.UsageFilter;
import xyz.graphyn.application.usage.UsagePart;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.usage.Comparison;
import xyz.graphyn.domain.usage.Cost;
import xyz.graphyn.domain.usage.UsageTotals;

/** Reads the sums that a filter leaves. */
final class UsageSql {
    private static final String SUMS = """
            coalesce(sum(requests), 0) AS requests, coalesce(sum(estimated), 0) AS estimated,
            coalesce(sum(sent), 0) AS sent, coalesce(sum(baseline), 0) AS baseline,
            coalesce(sum(window_tokens), 0) AS window_tokens, coalesce(sum(reports), 0) AS reports,
            coalesce(sum(compared), 0) AS compared, coalesce(sum(actual), 0) AS actual,
            coalesce(sum(full_price), 0) AS full_price, coalesce(sum(cached_price), 0) AS cached_price,
            coalesce(sum(priced), 0) AS priced, coalesce(sum(cost), 0) AS cost,
            CASE WHEN min(currency) = max(currency) THEN min(currency) WHEN min(currency) <> max(currency) THEN '%s' END
            AS currency""".formatted(Cost.MIXED);

    private final TenantDatabase database;
    private final OrganizationId organization;
    private final UsageFilter filter;

    UsageSql(TenantDatabase database, OrganizationId organization, UsageFilter filter) {
        this.database = database;
        this.organization = organization;
        this.filter = filter;
    }

    UsageTotals totals() {
        String text = "SELECT " + SUMS + " FROM usage_day WHERE " + days();
        return database.apart(
                Visibility.of(organization),
                sql -> bindDays(sql.search(text))
                        .map((row, context) -> totals(row))
                        .one());
    }

    List<UsagePart> parts(UsagePart.By by, int limit) {
        String key = switch (by) {
            case DAY -> "day";
            case AGENT -> "agent_id";
            case MODEL -> "model";
            case SESSION -> throw new IllegalArgumentException("sessions have no days");
        };
        String order = by == UsagePart.By.DAY ? key : "sum(baseline) DESC, " + key;
        String text = "SELECT " + key + "::text AS key, " + SUMS + "\nFROM usage_day WHERE " + days() + "\nGROUP BY "
                + key + " ORDER BY " + order + " LIMIT :limit";
        return database.apart(
                Visibility.of(organization),
                sql -> bindDays(sql.search(text))
                        .bind("limit", limit)
                        .map((row, context) -> {
                            String named = row.getString("key");
                            return new UsagePart(
                                    named,
                                    by == UsagePart.By.AGENT ? new AgentId(UUID.fromString(named)) : null,
                                    totals(row));
                        })
                        .list());
    }

    List<UsagePart> sessions(int limit) {
        String text = """
                SELECT session_id, agent_id, requests, estimated, sent, baseline, window_tokens, reports, compared, actual,
                    full_price, cached_price, priced, cost, currency
                FROM usage_session
                WHERE organization_id = :organization AND subject = :subject AND last_at >= :from AND last_at < :to""" + ofAgent() + """

                ORDER BY last_at DESC, session_id, agent_id LIMIT :limit""";
        return database.apart(
                Visibility.of(organization),
                sql -> bind(sql.search(text))
                        .bind("from", start(filter.from()))
                        .bind("to", start(filter.to()))
                        .bind("limit", limit)
                        .map((row, context) -> new UsagePart(
                                row.getString("session_id"),
                                new AgentId(row.getObject("agent_id", UUID.class)),
                                totals(row)))
                        .list());
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private String days() {
        return "organization_id = :organization AND subject = :subject AND day >= :from::date AND day < :to::date"
                + ofAgent() + (filter.model() == null ? "" : " AND model = :model");
    }

    private String ofAgent() {
        return filter.agent() == null ? "" : " AND agent_id = :agent";
    }

    private Query bindDays(Query query) {
        bind(query)
                .bind("from", filter.from().toString())
                .bind("to", filter.to().toString());
        return filter.model() == null ? query : query.bind("model", filter.model());
    }

    private Query bind(Query query) {
        query.bind("organization", organization.value())
                .bind("subject", Objects.requireNonNullElse(filter.subject(), UsageSums.EVERYBODY));
        return filter.agent() == null
                ? query
                : query.bind("agent", filter.agent().value());
    }

    private static UsageTotals totals(ResultSet row) throws SQLException {
        @Nullable String currency = row.getString("currency");
        return new UsageTotals(
                row.getLong("requests"),
                row.getLong("estimated"),
                row.getLong("sent"),
                row.getLong("baseline"),
                row.getLong("window_tokens"),
                row.getLong("reports"),
                row.getLong("compared"),
                new Comparison(number(row, "actual"), number(row, "full_price"), number(row, "cached_price")),
                row.getLong("priced"),
                currency == null ? null : new Cost(number(row, "cost"), currency));
    }

    private static BigDecimal number(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getBigDecimal(column));
    }
}
