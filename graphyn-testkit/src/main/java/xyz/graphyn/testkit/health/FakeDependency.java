package xyz.graphyn.testkit.health;

import java.time.Duration;
import xyz.graphyn.application.health.Dependency;

/** A dependency that is up or down as a test says. It takes no time. */
public final class FakeDependency implements Dependency {
    private final String name;
    private final boolean required;
    private volatile Status status = new Status.Up(Duration.ZERO);

    private FakeDependency(String name, boolean required) {
        this.name = name;
        this.required = required;
    }

    public static FakeDependency required(String name) {
        return new FakeDependency(name, true);
    }

    public static FakeDependency optional(String name) {
        return new FakeDependency(name, false);
    }

    public void goDown(String reason) {
        status = new Status.Down(Duration.ZERO, reason);
    }

    public void comeUp() {
        status = new Status.Up(Duration.ZERO);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean required() {
        return required;
    }

    @Override
    public Status check() {
        return status;
    }
}
