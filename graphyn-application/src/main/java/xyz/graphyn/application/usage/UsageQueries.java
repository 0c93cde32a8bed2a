package xyz.graphyn.application.usage;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.masking.Disclosures;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.domain.access.AccessPolicy;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.usage.UsageTotals;
import xyz.graphyn.domain.validation.Checks;

/** Reading the meter. */
public final class UsageQueries {
    /** A year, a leap day and a day begun. */
    public static final int MAX_DAYS = 367;

    /** Days in an answer to whoever says nothing. */
    public static final int USUAL_DAYS = 30;

    /** As many as anybody looks through. */
    public static final int MAX_PARTS = 1_000;

    private final UsageStore usage;
    private final Disclosures disclosures;
    private final InstantSource clock;

    public UsageQueries(UsageStore usage, Disclosures disclosures, InstantSource clock) {
        this.usage = usage;
        this.disclosures = disclosures;
        this.clock = clock;
    }

    /**
     * A question for the meter. Days are those of UTC, and whole: the answer begins with the day of {@code from} and ends with
     * that before {@code to}, or with the day of {@code to} if that has begun.
     *
     * @param from null for {@value #USUAL_DAYS} days before {@code to}
     * @param to null for the end of today
     */
    public record Question(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable AgentId agent,
            @Nullable String model,
            UsagePart.By by) {}

    /**
     * @param from the first day
     * @param to the day after the last
     * @param series at most {@value #MAX_PARTS} parts
     * @param more whether there are further parts
     */
    public record Answer(LocalDate from, LocalDate to, UsageTotals totals, List<UsagePart> series, boolean more) {
        public Answer {
            series = List.copyOf(series);
        }
    }

    /**
     * What the caller's own contexts and reports come to; for an admin, those of the whole organization.
     *
     * @throws xyz.graphyn.domain.validation.Invalid if the days are more than {@value #MAX_DAYS} or none, or sessions are asked
     *     for by model
     */
    public Masked<Answer> ask(Caller caller, Question question) {
        LocalDate to = question.to() == null
                ? day(clock.instant()).plusDays(1)
                : day(question.to().minusNanos(1)).plusDays(1);
        LocalDate from = question.from() == null ? to.minusDays(USUAL_DAYS) : day(question.from());
        long days = ChronoUnit.DAYS.between(from, to);
        Checks checks = new Checks();
        if (days < 1 || days > MAX_DAYS) {
            checks.add("/from", "out-of-range", "must lie 1 to " + MAX_DAYS + " days before `to`");
        }
        if (question.by() == UsagePart.By.SESSION && question.model() != null) {
            checks.add("/model", "not-possible", "must not be given with sessions, which are added up over all models");
        }
        checks.orThrow();
        UsageFilter filter = new UsageFilter(
                AccessPolicy.maySeeAllUsage(caller.principal())
                        ? null
                        : caller.principal().subject(),
                from,
                to,
                question.agent(),
                question.model());
        List<UsagePart> parts = usage.parts(caller.organization(), filter, question.by(), MAX_PARTS + 1);
        boolean more = parts.size() > MAX_PARTS;
        List<UsagePart> series = more ? parts.subList(0, MAX_PARTS) : parts;
        // Parts that are all there are the whole, and the sums need not be read twice. Sessions leave out what has
        // none.
        UsageTotals totals = more || question.by() == UsagePart.By.SESSION
                ? usage.totals(caller.organization(), filter)
                : series.stream().map(UsagePart::totals).reduce(UsageTotals.NONE, UsageTotals::plus);
        return switch (question.by()) {
            case DAY, AGENT ->
                disclosures.named(caller, List.of(), Map.of(), none -> new Answer(from, to, totals, series, more));
            case SESSION, MODEL ->
                disclosures.named(
                        caller,
                        series.stream().map(UsagePart::key).toList(),
                        Map.of("usage", Integer.toString(series.size())),
                        shown -> new Answer(from, to, totals, named(series, shown), more));
        };
    }

    private static List<UsagePart> named(List<UsagePart> series, List<String> names) {
        List<UsagePart> named = new ArrayList<>(series.size());
        for (int i = 0; i < series.size(); i++) {
            named.add(series.get(i).named(names.get(i)));
        }
        return named;
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
