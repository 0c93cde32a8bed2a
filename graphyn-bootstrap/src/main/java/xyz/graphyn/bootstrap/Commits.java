package xyz.graphyn.bootstrap;

import xyz.graphyn.application.event.CommitListener;
import xyz.graphyn.application.event.EventRun;

/** What the storage tells of, passed on to those who are wired only after it; before, nothing is served that could commit. */
final class Commits implements CommitListener {
    private volatile CommitListener listener = run -> {};

    void passTo(CommitListener next) {
        listener = next;
    }

    @Override
    public void recorded(EventRun run) {
        listener.recorded(run);
    }
}
