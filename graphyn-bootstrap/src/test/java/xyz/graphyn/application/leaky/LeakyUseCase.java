package xyz.graphyn.application.leaky;

import xyz.graphyn.domain.event.Event;

/** Answers a row as it is stored. */
public final class LeakyUseCase {
    private final Event event;

    public LeakyUseCase(Event event) {
        this.event = event;
    }

    public Event event() {
        return event;
    }
}
