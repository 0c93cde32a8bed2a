package xyz.graphyn.bootstrap;

import com.fasterxml.uuid.UUIDClock;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import xyz.graphyn.application.identifier.IdGenerator;

/** UUIDs of version 7 from the clock and from chance. */
final class TimeOrderedIds implements IdGenerator {
    private final TimeBasedEpochGenerator generator;

    TimeOrderedIds(InstantSource clock) {
        generator = new TimeBasedEpochGenerator(new SecureRandom(), new ForwardClock(clock));
    }

    @Override
    public UUID next() {
        return generator.generate();
    }

    /** A clock that stands still when the other one goes back, because the generator would go back with it. */
    private static final class ForwardClock extends UUIDClock {
        private final InstantSource clock;
        private final AtomicLong latest = new AtomicLong();

        ForwardClock(InstantSource clock) {
            this.clock = clock;
        }

        @Override
        public long currentTimeMillis() {
            return latest.accumulateAndGet(clock.millis(), Math::max);
        }
    }
}
