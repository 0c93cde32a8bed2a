package xyz.graphyn.testkit.health;

import java.util.List;
import xyz.graphyn.application.health.Dependency;

class FakeDependencyTest implements DependencyContract {
    private final FakeDependency dependency = FakeDependency.optional("fake");

    @Override
    public Dependency dependency() {
        return dependency;
    }

    @Override
    public void takeAway() {
        dependency.goDown("taken away");
    }

    @Override
    public void bringBack() {
        dependency.comeUp();
    }

    @Override
    public List<String> secrets() {
        return List.of();
    }
}
