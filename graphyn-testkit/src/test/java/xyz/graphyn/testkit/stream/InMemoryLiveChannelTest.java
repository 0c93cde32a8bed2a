package xyz.graphyn.testkit.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.stream.LiveChannel;
import xyz.graphyn.domain.agent.AgentKey;

class InMemoryLiveChannelTest implements LiveChannelContract {
    private final InMemoryLiveChannel.Bus bus = new InMemoryLiveChannel.Bus();

    @Override
    public LiveChannel newChannel() {
        return new InMemoryLiveChannel(bus);
    }

    @Test
    void goesAwayAndComesBackAndForgets() {
        AgentKey agent = LiveChannelContract.newAgent();
        LiveChannel channel = newChannel();
        channel.enter(EPOCH);
        RecordingListener listener = new RecordingListener();
        channel.watch(agent, listener);
        channel.publish(LiveChannelContract.run(agent, 1, 1));
        bus.goAway();
        channel.publish(LiveChannelContract.run(agent, 2, 2));
        assertEquals(Optional.empty(), channel.replay(agent, 0, 10));
        bus.back();
        assertEquals(2, listener.uncertainties());
        assertEquals(List.of(1L), listener.seqs());
        assertEquals(1, channel.replay(agent, 0, 10).orElseThrow().size());
        bus.flush();
        assertEquals(Optional.empty(), channel.replay(agent, 0, 10));
    }
}
