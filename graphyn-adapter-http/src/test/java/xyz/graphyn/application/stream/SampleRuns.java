package xyz.graphyn.application.stream;

import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.domain.masking.Disclosure;
import xyz.graphyn.domain.masking.Seen;

/** Runs for tests; only this package can make one. */
public final class SampleRuns {
    private SampleRuns() {}

    /** One in which nothing is sensitive. */
    public static MaskedRun plain(EventRun run) {
        return new MaskedRun(
                run,
                run.events().stream()
                        .map(event -> new Seen<>(event, Disclosure.NONE))
                        .toList());
    }
}
