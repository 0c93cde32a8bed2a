package xyz.graphyn.testkit.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One redis-server process on a port of its own of the loopback interface, with a password and without persistence: it is
 * empty whenever it starts.
 */
public final class LocalRedis implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path program;
    private final Path folder;
    private final int port;
    private final String password;
    private final List<String> settings;
    private Process process;

    private LocalRedis(Path program, Path folder, int port, String password, List<String> settings) {
        this.program = program;
        this.folder = folder;
        this.port = port;
        this.password = password;
        this.settings = settings;
        this.process = launched();
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param program the executable
     * @param folder for its files; it must be there
     * @param settings more of what redis.conf takes: names and values in turn, names with two dashes before them
     */
    public static LocalRedis start(Path program, Path folder, String password, String... settings) {
        return new LocalRedis(program, folder, freePort(), password, List.of(settings));
    }

    /** Starts it again, on its port; waits until it answers. */
    public void start() {
        process = launched();
    }

    /** Kills it and waits for its end. What listens to it sees the connection break. */
    public void kill() {
        process.destroyForcibly();
        await(() -> !process.isAlive(), "Redis doesn't end");
    }

    /** It keeps its connections, and answers nothing until it is thawed. */
    public void freeze() {
        signal("-STOP");
    }

    public void thaw() {
        signal("-CONT");
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public int port() {
        return port;
    }

    /** Where it is, with its password. */
    public String url() {
        return "redis://:" + password + "@127.0.0.1:" + port;
    }

    /**
     * Runs one command, over a connection of its own.
     *
     * @return the answer as text; the members of an array one a line
     * @throws IllegalStateException if it is refused, saying why
     */
    public String command(String... command) {
        try (RespConnection connection = new RespConnection(port)) {
            connection.send("AUTH", password);
            return connection.send(command);
        } catch (IOException e) {
            throw new UncheckedIOException("no answer of Redis", e);
        }
    }

    private Process launched() {
        List<String> line = new ArrayList<>(List.of(program.toString()));
        line.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--dir", folder.toString()));
        line.addAll(List.of("--requirepass", password, "--masterauth", password, "--save", "", "--appendonly", "no"));
        line.addAll(settings);
        try {
            Process started = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("redis-" + port + ".log").toFile()))
                    .start();
            await(() -> answers(started), "Redis doesn't start: " + folder);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("Redis doesn't start", e);
        }
    }

    private boolean answers(Process started) {
        if (!started.isAlive()) {
            throw new IllegalStateException("Redis has gone again: " + folder);
        }
        try {
            return command("PING").equals("PONG");
        } catch (UncheckedIOException | IllegalStateException e) {
            return false;
        }
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
            if (!kill.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("can't send " + signal + " to Redis");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't send " + signal + " to Redis", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    static void await(BooleanSupplier condition, String otherwise) {
        long started = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - started > PATIENCE.toNanos()) {
                throw new IllegalStateException(otherwise);
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    /** A port that was free a moment ago. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
        try {
            Files.deleteIfExists(folder.resolve("redis-" + port + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException("Redis leaves its log behind", e);
        }
    }
}
