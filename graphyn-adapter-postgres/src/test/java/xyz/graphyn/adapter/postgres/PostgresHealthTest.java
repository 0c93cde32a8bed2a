package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.health.Dependency;
import xyz.graphyn.testkit.health.DependencyContract;

class PostgresHealthTest implements DependencyContract {
    private static TestDatabase database;

    private TcpProxy proxy;
    private PostgresHealth health;

    @BeforeAll
    static void create() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void open() {
        proxy = database.proxy();
        health = new PostgresHealth(database.configurationBehind(proxy, 1));
    }

    @AfterEach
    void closeHealth() {
        health.close();
        proxy.close();
    }

    @Override
    public Dependency dependency() {
        return health;
    }

    @Override
    public void takeAway() {
        proxy.takeAway();
    }

    @Override
    public void bringBack() {
        proxy.bringBack();
    }

    @Override
    public List<String> secrets() {
        return List.of(TestDatabase.app().password());
    }

    @Test
    void answersInTimeWhenTheServerFallsSilent() {
        assertInstanceOf(Dependency.Status.Up.class, health.check());
        proxy.fallSilent();
        assertInstanceOf(
                Dependency.Status.Down.class, assertTimeoutPreemptively(Duration.ofSeconds(2), () -> health.check()));
    }
}
