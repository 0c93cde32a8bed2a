package xyz.graphyn.adapter.http.usage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import xyz.graphyn.adapter.http.agent.AgentRoutes;
import xyz.graphyn.adapter.http.endpoint.Answer;
import xyz.graphyn.adapter.http.endpoint.BodySize;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.JsonBody;
import xyz.graphyn.adapter.http.endpoint.Permission;
import xyz.graphyn.adapter.http.endpoint.QueryParameter;
import xyz.graphyn.adapter.http.endpoint.Reply;
import xyz.graphyn.adapter.http.endpoint.Request;
import xyz.graphyn.adapter.http.problem.Mistake;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.usage.ReportUsage;
import xyz.graphyn.application.usage.UsagePart;
import xyz.graphyn.application.usage.UsageQueries;
import xyz.graphyn.application.usage.UsageReport;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.validation.Invalid;

/** {@code /agents/{agentId}/usage} and {@code /usage}. */
public final class UsageRoutes {
    private static final String TAG = "Usage";
    private static final JsonBody<UsageJson.NewUsageReport> REPORT =
            JsonBody.of(UsageJson.NewUsageReport.class, BodySize.SMALL, UsageJson.NEW_REPORT);

    private static final QueryParameter<Optional<Instant>> FROM = QueryParameter.time(
            "from",
            "From the day (UTC) on in which this time lies; " + UsageQueries.USUAL_DAYS
                    + " days before `to`, unless it is given.",
            "2026-05-04T00:00:00Z");
    private static final QueryParameter<Optional<Instant>> TO = QueryParameter.time(
            "to",
            "Until this time, and the end of the day (UTC) in which it lies; now, unless it is given. At most "
                    + UsageQueries.MAX_DAYS + " days.",
            "2026-06-03T00:00:00Z");
    private static final QueryParameter<Optional<UUID>> AGENT =
            QueryParameter.uuid("agentId", "Only of this agent.", AgentRoutes.AGENT_ID.example());
    private static final QueryParameter<Optional<String>> MODEL = QueryParameter.text(
            "model",
            UsageReport.MAX_MODEL,
            "Only of this model, by its whole name. Not with sessions, which are added up over all models.",
            "claude-opus-4-1");
    private static final QueryParameter<UsagePart.By> BY = QueryParameter.oneOf(
            "by",
            UsagePart.By.DAY,
            UsageJson::word,
            "What the series is made of. A session is there if it was last used on these days, with all that it ever"
                    + " had.");

    private final ReportUsage reports;
    private final UsageQueries queries;

    public UsageRoutes(ReportUsage reports, UsageQueries queries) {
        this.reports = reports;
        this.queries = queries;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/agents/{agentId}/usage", "reportUsage")
                        .permission(Permission.onAgent(AgentPermission.WRITE))
                        .documented(
                                TAG,
                                "Report what a provider counted",
                                "Send the usage block of a model's answer as it came, and the meter knows what the"
                                        + " prompt really cost, the provider's cache included, and compares it with the"
                                        + " same prompt with the whole history in the context's place. The same"
                                        + " `externalId` again answers 200 with the first report.")
                        .reply(Reply.json(201, "The report was kept.", UsageJson.UsageReported.EXAMPLE))
                        .reply(Reply.json(
                                200,
                                "The agent had a report with this `externalId` already: this one.",
                                UsageJson.UsageReported.EXAMPLE))
                        .ids(AgentRoutes.AGENT_ID)
                        .body(REPORT)
                        .handledBy(this::report),
                Endpoint.get("/usage", "getUsage")
                        .permission(Permission.signedIn())
                        .documented(
                                TAG,
                                "Read the savings meter",
                                "What your contexts held and saved, and what your calls of models cost; admins read that"
                                        + " of the whole organization. Savings in tokens and in cost are two views of"
                                        + " the same prompts, and are never added up. What is not known is"
                                        + " taken against memory.")
                        .reply(Reply.json(200, "The sums, and their parts.", UsageJson.UsageOverview.EXAMPLE)
                                .masked())
                        .query(FROM, TO, AGENT, MODEL, BY)
                        .handledBy(this::usage));
    }

    private Answer report(Request request, UsageJson.NewUsageReport body) {
        ReportUsage.Outcome outcome = reports.report(request.caller(), AgentRoutes.agent(request), body.report());
        return Answer.json(outcome.created() ? 201 : 200, UsageJson.UsageReported.of(outcome.report()));
    }

    private Answer usage(Request request) {
        UsageQueries.Question question = new UsageQueries.Question(
                request.query(FROM).orElse(null),
                request.query(TO).orElse(null),
                request.query(AGENT).map(AgentId::new).orElse(null),
                request.query(MODEL).orElse(null),
                request.query(BY));
        Masked<UsageQueries.Answer> answer;
        try {
            answer = queries.ask(request.caller(), question);
        } catch (Invalid invalid) {
            throw Problem.validation(invalid.violations().stream()
                            .map(violation -> Mistake.inParameter(
                                    violation.pointer().substring(1), violation.code(), violation.message()))
                            .toList())
                    .thrown();
        }
        return Answer.json(200, UsageJson.UsageOverview.of(answer.value())).masking(answer);
    }
}
