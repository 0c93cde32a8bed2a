package xyz.graphyn.application.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.usage.ReportedUsage;
import xyz.graphyn.domain.usage.UsageId;
import xyz.graphyn.domain.validation.Checks;

/**
 * What a provider said of one call of a model.
 *
 * @param model by its provider's name, 1 to {@value #MAX_MODEL} code points
 * @param session that the call belongs to
 * @param context which context its prompt held; null if that is to be found out
 * @param occurredAt when the model was called; null for now
 * @param externalId the caller's own id for it: an agent never has two reports with the same
 */
public record UsageReport(
        String model,
        ReportedUsage usage,
        @Nullable String session,
        @Nullable UsageId context,
        @Nullable Instant occurredAt,
        @Nullable String externalId) {
    public static final int MAX_MODEL = 200;

    /** @throws xyz.graphyn.domain.validation.Invalid with every mistake */
    public UsageReport {
        new Checks()
                .text("/model", model, MAX_MODEL)
                .identifier("/sessionId", session)
                .time("/occurredAt", occurredAt)
                .identifier("/externalId", externalId)
                .orThrow();
    }
}
