package xyz.graphyn.bootstrap.importer;

import java.util.List;
import xyz.graphyn.bootstrap.importer.Answer.Recorded;

/** Sends a file of events, batch by batch. */
public final class EventImport {
    /** Leaves room below the usual longest body of 8 MiB for letters of up to three bytes. */
    private static final int MOST_CHARACTERS = 2 * 1024 * 1024;

    private final BatchClient client;
    private final int batchSize;

    /**
     * An import.
     *
     * @param batchSize events in one request, 1 to 1,000; fewer go out where they are long
     */
    public EventImport(BatchClient client, int batchSize) {
        if (batchSize < 1 || batchSize > 1000) {
            throw new IllegalArgumentException("A batch has 1 to 1000 events, not " + batchSize);
        }
        this.client = client;
        this.batchSize = batchSize;
    }

    /**
     * What an import has done so far.
     *
     * @param created events that are new
     * @param known events that had been recorded before
     * @param unidentified events without an {@code externalId}, which another run would record again
     * @param lastSeq the highest {@code seq} of them; 0 when there are none
     */
    public record Summary(long created, long known, long unidentified, long lastSeq) {
        /** How many events were answered. */
        public long events() {
            return created + known;
        }
    }

    /** Hears of each batch that was recorded. */
    @FunctionalInterface
    public interface Progress {
        void at(Summary summary);
    }

    /**
     * Sends the whole file.
     *
     * @throws ImportException at the first line that is bad or refused; the batches before it are recorded
     */
    public Summary run(EventFile file, Progress progress) throws ImportException, InterruptedException {
        Summary summary = new Summary(0, 0, 0, 0);
        while (true) {
            List<EventLine> batch = file.next(batchSize, MOST_CHARACTERS);
            if (batch.isEmpty()) {
                return summary;
            }
            List<Recorded> recorded = client.send(batch);
            long created = recorded.stream().filter(Recorded::created).count();
            long unidentified =
                    batch.stream().filter(line -> !line.identified()).count();
            long highest = recorded.stream().mapToLong(Recorded::seq).max().orElse(0);
            summary = new Summary(
                    summary.created() + created,
                    summary.known() + recorded.size() - created,
                    summary.unidentified() + unidentified,
                    Math.max(summary.lastSeq(), highest));
            progress.at(summary);
        }
    }
}
