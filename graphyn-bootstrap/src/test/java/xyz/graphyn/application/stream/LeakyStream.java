package xyz.graphyn.application.stream;

import java.util.List;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.masking.Seen;

/** Does what is the screen's: {@code DisclosureRulesFailTest} shows that the rules see it. */
public final class LeakyStream {
    private LeakyStream() {}

    static MaskedRun run(EventRun run, List<Seen<Event>> seen) {
        return new MaskedRun(run, seen);
    }

    static void tell(Subscriber subscriber, MaskedRun run) {
        subscriber.events(run);
    }
}
