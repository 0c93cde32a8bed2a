package xyz.graphyn.endtoend.site;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** One {@code graphyn serve} of the site, always on the same port. */
public final class SiteServer implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Map<String, String> environment;
    private final Path log;
    private final int port = Ports.free();
    private Process process;

    SiteServer(Map<String, String> environment, Path log) {
        this.environment = environment;
        this.log = log;
        this.process = launch();
        awaitReady();
    }

    private Process launch() {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-jar",
                        System.getProperty("graphyn.jar"),
                        "serve"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("GRAPHYN_"));
        builder.environment().putAll(environment);
        builder.environment().put("GRAPHYN_PORT", Integer.toString(port));
        try {
            return builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Ends it as an operator would, and waits for its end. */
    public void stop() {
        process.destroy();
        process.onExit().join();
    }

    public void startAgain() {
        process = launch();
    }

    /** @throws IllegalStateException with the last lines of its log if it takes too long */
    public void awaitReady() {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(url().resolve("/health/ready"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            while (true) {
                try {
                    if (client.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    // It is starting.
                }
                if (!process.isAlive()) {
                    process = launch(); // as a supervisor would: it ends if PostgreSQL is away while it starts
                }
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("the server did not get ready:\n" + lastLines());
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private String lastLines() {
        try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.UTF_8)) {
            List<String> all = lines.lines().toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 20), all.size()));
        } catch (IOException failed) {
            return failed.toString();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
