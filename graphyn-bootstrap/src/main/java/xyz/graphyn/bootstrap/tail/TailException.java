package xyz.graphyn.bootstrap.tail;

/** There is no use in going on. The message is for people and says why. */
public final class TailException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;

    public TailException(String why) {
        super(why);
        this.why = why;
    }

    public String why() {
        return why;
    }
}
