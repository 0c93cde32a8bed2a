package xyz.graphyn.application.failure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.OrganizationId;

/** Where noted failures are kept, for a while. Safe for many threads. */
public interface FailureStore {
    /** As many notes as {@link #write} takes at most. */
    int MAX_BATCH = 1_000;

    /**
     * How much is kept.
     *
     * @param newest notes of each organization, and of those that concern all: this many, and for a while up to a twentieth
     *     more for each server that writes
     * @param age no older than this by the time of writing
     */
    record Retention(int newest, Duration age) {
        /** An operator looks at days, not at years; ten thousand notes are about 4 MB. */
        public static final Retention USUAL = new Retention(10_000, Duration.ofDays(30));

        /** How many notes of one organization a server may write until it looks for those to delete. */
        public int slack() {
            return newest / 20;
        }
    }

    /**
     * Keeps all of them or, when it throws, none; one that is kept already is passed over, so that a batch of which nobody
     * knows what became may be written again. Deletes what is beyond the retention, of the organizations that the batch
     * names. Joins no unit of work.
     *
     * @param notes 1 to {@value #MAX_BATCH}, of any organizations
     * @throws Refusal.Unavailable if the store is away; then nothing was kept
     */
    void write(List<FailureNote> notes, Instant now);

    /**
     * The notes of the organization, and those that concern all, the newest first. Costs no more the deeper the page lies, and
     * however many there are.
     */
    Page<FailureNote> page(OrganizationId organization, FailureQuery query);
}
