package xyz.graphyn.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import xyz.graphyn.bootstrap.dev.DevelopmentException;
import xyz.graphyn.bootstrap.dev.DevelopmentIssuer;
import xyz.graphyn.domain.access.Role;
import xyz.graphyn.endtoend.site.SharedEngine;

/** The packaged {@code graphyn dev}, started as a user would start it, on a free port. */
final class RunningServer implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
    private static final long READY_WITHIN_SECONDS = 120;

    private final Path home;
    private final Process process;
    private final URI url;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    private RunningServer(Path home, Process process, URI url) {
        this.home = home;
        this.process = process;
        this.url = url;
    }

    /**
     * One for all tests that only use it, each in organizations of its own: a start takes longer than most of them. It is there
     * until this JVM ends.
     */
    static RunningServer shared() {
        return Shared.SERVER;
    }

    private static final class Shared {
        static final RunningServer SERVER = start();

        private static RunningServer start() {
            try {
                Path home = Files.createTempDirectory("graphyn-shared");
                RunningServer server = RunningServer.start(home);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    server.close();
                    delete(home);
                }));
                return server;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private static void delete(Path folder) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            } catch (IOException left) {
                System.err.println(folder + " is left behind: " + left);
            }
        }
    }

    /** Returns when the server is ready to answer. */
    static RunningServer start(Path home) {
        return start(home, Map.of());
    }

    /** @param settings environment variables */
    static RunningServer start(Path home, Map<String, String> settings) {
        SharedEngine.lendTo(home);
        try {
            ProcessBuilder command = command(home, "dev");
            command.environment().putAll(settings);
            Process process = command.start();
            CompletableFuture<URI> ready = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> watch(process, ready));
            return new RunningServer(home, process, ready.get(READY_WITHIN_SECONDS, TimeUnit.SECONDS));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (Exception failed) {
            throw new IllegalStateException("the server did not start", failed);
        }
    }

    Api as(String user, String organization, String role) {
        return new Api(url, token(user, organization, role));
    }

    Api anonymous(String token) {
        return new Api(url, token);
    }

    URI url() {
        return url;
    }

    Path home() {
        return home;
    }

    /** As the command {@code token} prints it; that takes a second, and has tests of its own. */
    String token(String user, String organization, String role) {
        return tokens.computeIfAbsent(user + " " + organization + " " + role, unused -> {
            try {
                return DevelopmentIssuer.of(home, InstantSource.system())
                        .sign(user, organization, Role.valueOf(role.toUpperCase(Locale.ROOT)), Duration.ofHours(1));
            } catch (DevelopmentException failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    /** Runs another command of the launcher beside the server, and gives what it printed. */
    String run(String... arguments) {
        try {
            Process process = command(home, arguments).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", arguments) + " failed:\n" + output);
            }
            return output;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Starts another command of the launcher beside the server. */
    Process launch(String... arguments) {
        try {
            return command(home, arguments).start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The same, with what it prints in a file. */
    Process launch(Path output, String... arguments) {
        try {
            return command(home, arguments).redirectOutput(output.toFile()).start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** As a power cut would: without a warning. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** As if it had crashed; the server stays. */
    void killRedis() {
        try {
            String pid = Files.readAllLines(home.resolve("redis/redis.pid"))
                    .getFirst()
                    .strip();
            ProcessHandle redis = ProcessHandle.of(Long.parseLong(pid))
                    .filter(engine -> engine.info().commandLine().orElse("").contains(home.toString()))
                    .orElseThrow();
            redis.destroyForcibly();
            redis.onExit().join();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private static ProcessBuilder command(Path home, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                // These live for seconds: what the second compiler and the other collectors prepare never pays.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                System.getProperty("graphyn.jar")));
        Collections.addAll(command, arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(home.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("GRAPHYN_"));
        builder.environment().put("GRAPHYN_HOME", home.toString());
        builder.environment().put("GRAPHYN_PORT", "0");
        return builder;
    }

    private static void watch(Process process, CompletableFuture<URI> ready) {
        StringBuilder printed = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                printed.append(line).append('\n');
                Matcher matcher = URL.matcher(line);
                if (matcher.find()) {
                    ready.complete(URI.create(matcher.group()));
                }
            }
        } catch (IOException ended) {
            printed.append(ended);
        }
        ready.completeExceptionally(new IllegalStateException("ended before it was ready:\n" + printed));
    }
}
