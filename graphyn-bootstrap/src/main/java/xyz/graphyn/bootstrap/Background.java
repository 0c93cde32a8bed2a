package xyz.graphyn.bootstrap;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that is done in steps, for as long as the server runs; nobody waits for it. */
final class Background implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    private final String name;
    private final Consumer<BooleanSupplier> work;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private Background(String name, Consumer<BooleanSupplier> work) {
        this.name = name;
        this.work = work;
        // Not a virtual thread: some of it computes, and must not keep requests from a carrier.
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::loop);
    }

    /**
     * @param name what it does, for logs and dumps
     * @param work done again after each pause; is told whether to go on, and asks before each of its steps
     */
    static Background start(String name, Consumer<BooleanSupplier> work) {
        Background background = new Background(name, work);
        background.thread.start();
        return background;
    }

    private void loop() {
        try {
            do {
                once();
            } while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void once() {
        try {
            work.accept(() -> closing.getCount() > 0);
        } catch (RuntimeException failure) {
            LOG.warn("The work in the background \"{}\" failed; it is tried again", name, failure);
        }
    }

    /** Returns when the step under way has ended. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
