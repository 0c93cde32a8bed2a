package xyz.graphyn.application.leaky;

import java.util.List;
import xyz.graphyn.application.stream.Subscriber;
import xyz.graphyn.domain.event.Event;

/** Is told of rows as they are stored. */
public interface LeakySubscriber extends Subscriber {
    void raw(List<Event> events);
}
