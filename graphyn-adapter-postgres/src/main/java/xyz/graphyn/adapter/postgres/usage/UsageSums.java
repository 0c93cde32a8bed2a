package xyz.graphyn.adapter.postgres.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.Update;
import xyz.graphyn.adapter.postgres.transaction.Columns;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.usage.Cost;
import xyz.graphyn.domain.usage.UsageRow;
import xyz.graphyn.domain.usage.UsageTotals;

/** What rows add to {@code usage_day} and {@code usage_session}, in the order of the keys. */
final class UsageSums {
    /** Stands for all subjects together; no subject is empty. */
    static final String EVERYBODY = "";

    /** Stands for none; no model's name is empty. */
    static final String NO_MODEL = "";

    private static final String SUMS = """
            requests, estimated, sent, baseline, window_tokens, reports, compared, actual, full_price, cached_price, priced,
            cost, currency""";

    private static final String BATCH = """
            SELECT organization_id, %1$s, requests, estimated, sent, baseline, window_tokens, reports, compared,
                actual::numeric, full_price::numeric, cached_price::numeric, priced, cost::numeric, currency
            FROM unnest(:%2$sOrganizations::uuid[], :%2$sSubjects::text[], :%2$sAgents::uuid[], :%2$sNames::text[],
                :%2$sTimes::text[], :%2$sRequests::bigint[], :%2$sEstimated::bigint[], :%2$sSent::bigint[],
                :%2$sBaselines::bigint[], :%2$sWindows::bigint[], :%2$sReports::bigint[], :%2$sCompared::bigint[],
                :%2$sActual::text[], :%2$sFull::text[], :%2$sCached::text[], :%2$sPriced::bigint[], :%2$sCosts::text[],
                :%2$sCurrencies::text[])
                AS batch (organization_id, subject, agent_id, name, time, requests, estimated, sent, baseline,
                    window_tokens, reports, compared, actual, full_price, cached_price, priced, cost, currency)""";

    private static final String ADDED = """
            requests = had.requests + excluded.requests, estimated = had.estimated + excluded.estimated,
                sent = had.sent + excluded.sent, baseline = had.baseline + excluded.baseline,
                window_tokens = had.window_tokens + excluded.window_tokens,
                reports = had.reports + excluded.reports, compared = had.compared + excluded.compared,
                actual = had.actual + excluded.actual, full_price = had.full_price + excluded.full_price,
                cached_price = had.cached_price + excluded.cached_price, priced = had.priced + excluded.priced,
                cost = had.cost + excluded.cost,
                currency = CASE WHEN had.currency <> excluded.currency THEN '%s'
                    ELSE coalesce(had.currency, excluded.currency) END""".formatted(Cost.MIXED);

    private static final String ADD_DAYS =
            """
            INSERT INTO usage_day AS had (organization_id, subject, day, agent_id, model, %s)
            %s
            ON CONFLICT (organization_id, subject, day, agent_id, model) DO UPDATE SET %s""".formatted(SUMS, BATCH.formatted("subject, time::date, agent_id, name", "day"), ADDED);

    private static final String ADD_SESSIONS =
            """
            INSERT INTO usage_session AS had (organization_id, subject, agent_id, session_id, last_at, %s)
            %s
            ON CONFLICT (organization_id, agent_id, session_id, subject) DO UPDATE
            SET last_at = greatest(had.last_at, excluded.last_at), %s""".formatted(SUMS, BATCH.formatted("subject, agent_id, name, time::timestamptz", "session"), ADDED);

    private record Day(AgentKey agent, String subject, LocalDate day, String model) {
        static final Comparator<Day> ORDER = Comparator.comparing(
                        (Day day) -> day.agent.organization().value())
                .thenComparing(Day::subject)
                .thenComparing(Day::day)
                .thenComparing(day -> day.agent.agent().value())
                .thenComparing(Day::model);
    }

    private record Session(AgentKey agent, String subject, String session) {
        static final Comparator<Session> ORDER = Comparator.comparing(
                        (Session session) -> session.agent.organization().value())
                .thenComparing(session -> session.agent.agent().value())
                .thenComparing(Session::session)
                .thenComparing(Session::subject);
    }

    /** @param time a day, or when something was added last */
    private record Sum(AgentKey agent, String subject, String name, String time, UsageTotals totals) {}

    private record LastTotals(Instant last, UsageTotals totals) {
        LastTotals plus(LastTotals other) {
            return new LastTotals(last.isAfter(other.last) ? last : other.last, totals.plus(other.totals));
        }
    }

    private final Map<Day, UsageTotals> days = new TreeMap<>(Day.ORDER);
    private final Map<Session, LastTotals> sessions = new TreeMap<>(Session.ORDER);

    private UsageSums() {}

    static UsageSums of(Collection<UsageRow> rows) {
        UsageSums sums = new UsageSums();
        for (UsageRow row : rows) {
            sums.add(row, row.origin().subject());
            sums.add(row, EVERYBODY);
        }
        return sums;
    }

    private void add(UsageRow row, String subject) {
        UsageRow.Origin origin = row.origin();
        Day day = new Day(
                origin.agent(),
                subject,
                LocalDate.ofInstant(origin.at(), ZoneOffset.UTC),
                Objects.requireNonNullElse(origin.model(), NO_MODEL));
        days.merge(day, row.adds(), UsageTotals::plus);
        if (origin.session() != null) {
            sessions.merge(
                    new Session(origin.agent(), subject, origin.session()),
                    new LastTotals(origin.at(), row.adds()),
                    LastTotals::plus);
        }
    }

    /** Adds them to what is there, and commits, in one trip. */
    void commit(TenantSql sql) {
        List<Sum> ofDays = days.entrySet().stream()
                .map(entry -> new Sum(
                        entry.getKey().agent,
                        entry.getKey().subject,
                        entry.getKey().model,
                        entry.getKey().day.toString(),
                        entry.getValue()))
                .toList();
        List<Sum> ofSessions = sessions.entrySet().stream()
                .map(entry -> new Sum(
                        entry.getKey().agent,
                        entry.getKey().subject,
                        entry.getKey().session,
                        entry.getValue().last.toString(),
                        entry.getValue().totals))
                .toList();
        Update update = sql.committingDurably(ofSessions.isEmpty() ? ADD_DAYS : ADD_DAYS + ";\n" + ADD_SESSIONS);
        bind(update, "day", ofDays);
        if (!ofSessions.isEmpty()) {
            bind(update, "session", ofSessions);
        }
        update.execute();
    }

    private static void bind(Update update, String prefix, List<Sum> sums) {
        Columns.of(update, sums)
                .uuids(prefix + "Organizations", sum -> sum.agent.organization().value())
                .texts(prefix + "Subjects", Sum::subject)
                .uuids(prefix + "Agents", sum -> sum.agent.agent().value())
                .texts(prefix + "Names", Sum::name)
                .texts(prefix + "Times", Sum::time)
                .numbers(prefix + "Requests", sum -> sum.totals.requests())
                .numbers(prefix + "Estimated", sum -> sum.totals.estimatedRequests())
                .numbers(prefix + "Sent", sum -> sum.totals.contextTokens())
                .numbers(prefix + "Baselines", sum -> sum.totals.baselineTokens())
                .numbers(prefix + "Windows", sum -> sum.totals.windowTokens())
                .numbers(prefix + "Reports", sum -> sum.totals.reports())
                .numbers(prefix + "Compared", sum -> sum.totals.comparedReports())
                .texts(
                        prefix + "Actual",
                        sum -> sum.totals.comparison().actual().toPlainString())
                .texts(prefix + "Full", sum -> sum.totals.comparison().full().toPlainString())
                .texts(
                        prefix + "Cached",
                        sum -> sum.totals.comparison().cached().toPlainString())
                .numbers(prefix + "Priced", sum -> sum.totals.pricedReports())
                .texts(
                        prefix + "Costs",
                        sum -> sum.totals.cost() == null
                                ? "0"
                                : sum.totals.cost().amount().toPlainString())
                .texts(
                        prefix + "Currencies",
                        sum -> sum.totals.cost() == null
                                ? null
                                : sum.totals.cost().currency());
    }
}
