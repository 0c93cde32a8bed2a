package xyz.graphyn.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LifecycleTest {
    private final List<String> closed = Collections.synchronizedList(new ArrayList<>());
    private final Lifecycle life = new Lifecycle();

    @Test
    void closesInReverseOrderAndOnce() throws Exception {
        part("database");
        part("server");
        life.close();
        life.close();
        assertEquals(List.of("server", "database"), closed);
        life.awaitEnd();
    }

    @Test
    void closesTheOthersWhenOneDoesNotClose() throws Exception {
        part("database");
        AutoCloseable stubborn = life.start(() -> () -> {
            throw new IllegalStateException("no");
        });
        assertThrows(IllegalStateException.class, stubborn::close);
        life.close();
        assertEquals(List.of("database"), closed);
    }

    @Test
    void startsNothingAfterTheEnd() {
        life.close();
        assertThrows(CancellationException.class, () -> part("late"));
        assertEquals(List.of(), closed);
    }

    @Test
    void waitsForThePartThatIsBeingStarted() throws Exception {
        CountDownLatch starting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread start = Thread.ofVirtual().start(() -> {
            try {
                var unused = life.start(() -> {
                    starting.countDown();
                    goOn.await();
                    return (AutoCloseable) () -> closed.add("slow");
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        starting.await();
        Thread end = Thread.ofVirtual().start(life::close);
        goOn.countDown();
        start.join();
        end.join();
        assertEquals(List.of("slow"), closed);
    }

    private void part(String name) throws Exception {
        var unused = life.start(() -> (AutoCloseable) () -> closed.add(name));
    }
}
