package xyz.graphyn.application.masking;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventMasking;
import xyz.graphyn.domain.masking.Disclosure;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.masking.Seen;
import xyz.graphyn.domain.masking.View;

/** What {@link Disclosures} does, in the steps of a stream: it shows many runs on the strength of one audit entry. */
public final class StreamDisclosures {
    private final Disclosures disclosures;

    public StreamDisclosures(Disclosures disclosures) {
        this.disclosures = disclosures;
    }

    /** How somebody sees things, and by which rules they must be searched. Equal ones see the same. */
    public record Sight(View view, RulesVersion rules) {}

    /** @throws xyz.graphyn.application.access.Refusal.Unavailable if the organization's settings can't be read */
    public Sight sight(Caller caller) {
        return disclosures.sight(caller);
    }

    /** The same without waiting: empty if the settings would have to be read first. */
    public Optional<Sight> sightNow(Caller caller) {
        return disclosures.sightNow(caller);
    }

    /** Whether all of it was searched by these rules, so that showing it takes no time. */
    public boolean isSearched(Sight sight, List<Event> events) {
        for (Event event : events) {
            if (!event.findings().rules().equals(sight.rules())) {
                return false;
            }
        }
        return true;
    }

    /** Each event as it is seen. */
    public List<Seen<Event>> seen(Sight sight, OrganizationId organization, List<Event> events) {
        return disclosures.searched(sight, organization, events).stream()
                .map(event -> EventMasking.seen(event, sight.view()))
                .toList();
    }

    /**
     * Writes the entry of a stream, durably.
     *
     * @throws xyz.graphyn.application.access.Refusal.Unavailable if it can't be written: then nothing may be shown
     */
    public void note(Caller caller, AgentId agent, Disclosure disclosure, Map<String, String> what) {
        disclosures.writeStreamEntry(caller, agent, disclosure, what);
    }
}
