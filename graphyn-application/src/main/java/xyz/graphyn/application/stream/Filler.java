package xyz.graphyn.application.stream;

import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.failure.Failure;
import xyz.graphyn.application.stream.LogReader.Next;

/** Reads what a feed lacks. Runs once; what it can't read now is asked for again when the head is looked at next. */
final class Filler implements Runnable {
    private final Feed feed;
    private final Feed.Neighbours neighbours;
    private final long to;
    private final long from;
    private long position;

    Filler(Feed feed, Feed.Neighbours neighbours, long from, long to) {
        this.feed = feed;
        this.neighbours = neighbours;
        this.from = from;
        this.position = from;
        this.to = to;
    }

    @Override
    public void run() {
        try {
            boolean more = true;
            while (more && position < to) {
                more = step();
            }
        } catch (Refusal.Unavailable away) {
            // The head can't be read either then; when it can, it leads here again.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (position > from) {
            neighbours.failed(
                    Failure.Kind.BACKFILL,
                    feed.agent(),
                    from + 1,
                    "Events up to " + position + " did not come by the live channel and were looked up.");
        }
    }

    private boolean step() throws InterruptedException {
        return switch (neighbours.log().read(feed.agent(), position, true)) {
            case Next.Events(var run) -> {
                feed.received(run);
                position = run.last();
                yield true;
            }
            case Next.Gap(long first, long last) -> {
                feed.removed(first, last);
                position = last;
                yield true;
            }
            case Next.End() -> false;
        };
    }

    boolean gotAnything() {
        return position > from;
    }
}
