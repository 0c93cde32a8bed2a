package xyz.graphyn.bootstrap;

import java.util.Optional;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.application.stream.LiveChannel;
import xyz.graphyn.domain.agent.AgentKey;

/** A channel that brings nothing: events of other servers are found by looking at the heads, within about a second. */
final class NoLiveChannel implements LiveChannel {
    @Override
    public void enter(String epoch) {
        // There is nothing to be kept apart.
    }

    @Override
    public void publish(EventRun run) {
        // Nobody hears it.
    }

    @Override
    public Watch watch(AgentKey agent, Listener listener) {
        return () -> {};
    }

    @Override
    public Optional<EventRun> replay(AgentKey agent, long after, int limit) {
        return Optional.empty();
    }
}
