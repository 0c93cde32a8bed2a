package xyz.graphyn.domain.event;

import xyz.graphyn.domain.masking.Disclosure;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Masks;
import xyz.graphyn.domain.masking.Seen;
import xyz.graphyn.domain.masking.View;

/** Events as somebody sees them. What is hidden has no findings any more: it can't be shown otherwise again. */
public final class EventMasking {
    private EventMasking() {}

    /** @throws IllegalArgumentException if nobody has searched the event yet, and the view is not raw */
    public static Seen<Event> seen(Event event, View view) {
        Findings findings = event.findings();
        findings.requireFor(view);
        Disclosure disclosure = Disclosure.of(findings, view);
        if (disclosure.hidden() == 0) {
            return new Seen<>(event, disclosure);
        }
        Event masked = new Event(
                event.id(),
                event.seq(),
                event.agent(),
                Masks.inText(event.type(), findings.in("/type"), view),
                Masks.inOptional(event.sessionId(), findings.in("/sessionId"), view),
                Masks.inOptional(event.externalId(), findings.in("/externalId"), view),
                Masks.inJson(event.payload(), findings.in("/payload"), view),
                event.occurredAt(),
                event.receivedAt(),
                Findings.none(findings.rules()));
        return new Seen<>(masked, disclosure);
    }
}
