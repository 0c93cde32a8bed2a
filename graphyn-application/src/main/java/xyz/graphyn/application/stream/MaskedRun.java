package xyz.graphyn.application.stream;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.masking.Disclosure;
import xyz.graphyn.domain.masking.Seen;

/**
 * Events of one agent that follow each other without a hole, as all readers of one view see them. Made once for all of them.
 */
public final class MaskedRun {
    private final EventRun shown;
    private final List<Disclosure> disclosures;

    /** @param seen the events of {@code run}, each as it is seen */
    MaskedRun(EventRun run, List<Seen<Event>> seen) {
        // Without findings all see the same, and share what is made of it.
        shown = seen.stream().allMatch(event -> event.disclosure().isEmpty())
                ? run
                : new EventRun(run.agent(), seen.stream().map(Seen::value).toList());
        disclosures = seen.stream().map(Seen::disclosure).toList();
    }

    public AgentKey agent() {
        return shown.agent();
    }

    public List<Event> events() {
        return shown.events();
    }

    public long first() {
        return shown.first();
    }

    public long last() {
        return shown.last();
    }

    public int size() {
        return shown.size();
    }

    /** What {@code make} makes of this run; as {@link EventRun#once}. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> T once(Object as, Function<MaskedRun, T> make) {
        return shown.once(as, run -> make.apply(this));
    }

    /** What is sensitive in those of its events that have one of these types; empty for all. */
    Disclosure disclosure(Set<String> types) {
        Disclosure sum = Disclosure.NONE;
        for (int i = 0; i < disclosures.size(); i++) {
            if (types.isEmpty() || types.contains(events().get(i).type())) {
                sum = sum.plus(disclosures.get(i));
            }
        }
        return sum;
    }

    /** For {@link Disclosure} details: which events these are. */
    Map<String, String> span() {
        return Map.of("firstSeq", Long.toString(first()), "lastSeq", Long.toString(last()));
    }
}
