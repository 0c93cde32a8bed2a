package xyz.graphyn.adapter.postgres.transaction;

/** The connection broke while a transaction was being committed: it took place or it didn't. */
public final class CommitUnknown extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public CommitUnknown(Throwable cause) {
        super("The connection broke at the commit: whether the change was kept is not known.", cause);
    }
}
