package xyz.graphyn.testkit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.health.Dependency;
import xyz.graphyn.application.health.Dependency.Status;

/** The promises of {@link Dependency}, to be run against every implementation. */
public interface DependencyContract {
    /** The dependency under test, which works when a test begins. */
    Dependency dependency();

    /** Takes away what the dependency stands for; returns when it is gone. */
    void takeAway();

    /** Brings it back; returns when it can be reached again. */
    void bringBack();

    /** Texts that no reason may contain, such as the password; empty when there are none. */
    List<String> secrets();

    /** How long the way back may take after {@link #bringBack}. */
    default Duration recovery() {
        return Duration.ofSeconds(15);
    }

    @Test
    default void isUpWithAMeasuredLatency() {
        Status status = awaitUp();
        assertFalse(status.latency().isNegative());
        assertTrue(status.latency().compareTo(Duration.ofSeconds(2)) <= 0, () -> "took " + status.latency());
    }

    @Test
    default void keepsItsNameAndItsWeight() {
        String name = dependency().name();
        assertTrue(name.matches("[a-z][a-z0-9-]*"), name);
        boolean required = dependency().required();
        takeAway();
        assertEquals(name, dependency().name());
        assertEquals(required, dependency().required());
    }

    @Test
    default void saysWhyItIsDownWithoutASecret() {
        awaitUp();
        takeAway();
        Status.Down down = assertInstanceOf(Status.Down.class, dependency().check());
        assertFalse(down.reason().isBlank());
        assertFalse(down.reason().contains("\n"), down.reason());
        assertFalse(down.latency().isNegative());
        for (String secret : secrets()) {
            assertFalse(down.reason().contains(secret), "The reason tells a secret.");
        }
    }

    @Test
    default void answersInTimeWhenItIsAway() {
        takeAway();
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> dependency().check());
    }

    @Test
    default void comesBack() {
        awaitUp();
        takeAway();
        assertInstanceOf(Status.Down.class, dependency().check());
        bringBack();
        awaitUp();
    }

    private Status awaitUp() {
        long started = System.nanoTime();
        Status status = dependency().check();
        while (status instanceof Status.Down
                && System.nanoTime() - started < recovery().toNanos()) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            status = dependency().check();
        }
        return assertInstanceOf(Status.Up.class, status);
    }
}
