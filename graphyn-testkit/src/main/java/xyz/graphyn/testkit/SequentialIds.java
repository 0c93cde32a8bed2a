package xyz.graphyn.testkit;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import xyz.graphyn.application.identifier.IdGenerator;

/** UUIDs of version 7 that count up through all instances of one JVM, so that tests that share a database never collide. */
public final class SequentialIds implements IdGenerator {
    private static final long MILLIS = 1_780_000_000_000L;
    private static final AtomicLong NEXT = new AtomicLong(1);

    @Override
    public UUID next() {
        long count = NEXT.getAndIncrement();
        long high = ((MILLIS + (count >>> 12)) << 16) | 0x7000L | (count & 0xFFF);
        return new UUID(high, 0x8000_0000_0000_0000L);
    }
}
