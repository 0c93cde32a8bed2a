package xyz.graphyn.bootstrap;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.event.CommitListener;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.domain.agent.AgentKey;

/** What the storage tells of, passed on to those who are wired only after it; before, nothing is served that could commit. */
final class Commits implements CommitListener {
    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);

    private volatile List<CommitListener> listeners = List.of();

    /** In this order; one that fails doesn't keep what was told from the next. */
    void passTo(CommitListener... next) {
        listeners = List.of(next);
    }

    @Override
    public void recorded(EventRun run) {
        listeners.forEach(listener -> tell(() -> listener.recorded(run)));
    }

    @Override
    public void leftUnembedded(AgentKey agent) {
        listeners.forEach(listener -> tell(() -> listener.leftUnembedded(agent)));
    }

    private static void tell(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException failure) {
            LOG.error("What was committed could not be told of", failure);
        }
    }
}
