package xyz.graphyn.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import xyz.graphyn.endtoend.site.SharedEngine;

/** {@code graphyn dev} as a process of its own, as users start and end it. */
@Timeout(240)
class DevCommandIT {
    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process process : started) {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void stopsEverythingOnASignal() throws Exception {
        Process server = start("dev");
        awaitReady(server);
        assertEquals(2, engines().size());
        server.destroy();
        assertTrue(server.waitFor(60, TimeUnit.SECONDS));
        assertEquals(List.of(), engines());
    }

    @Test
    void takesOverWhatAKilledServerLeft() throws Exception {
        SharedEngine.lendTo(home());
        Process killed = start("dev");
        awaitReady(killed);
        List<ProcessHandle> orphans = engines();
        killed.destroyForcibly().waitFor();
        assertEquals(orphans, engines());

        Process next = start("dev");
        awaitReady(next);
        List<ProcessHandle> now = engines();
        assertEquals(2, now.size());
        orphans.forEach(orphan -> assertFalse(now.contains(orphan)));
    }

    @Test
    void namesTheServerThatHoldsTheFolder() throws Exception {
        SharedEngine.lendTo(home());
        Process first = start("dev");
        awaitReady(first);
        Process second = start("dev");
        String said = error(second);
        assertEquals(1, second.waitFor());
        assertEquals(1, said.lines().count(), said);
        assertTrue(said.startsWith("Process " + first.pid() + " is using the data folder"), said);
        assertEquals(2, engines().size());
    }

    @Test
    void saysInOneLineThatThePortIsTaken() throws Exception {
        SharedEngine.lendTo(home());
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process server = start(Map.of("GRAPHYN_PORT", Integer.toString(taken.getLocalPort())), "dev");
            String said = error(server);
            assertEquals(1, server.waitFor());
            assertEquals(1, said.lines().count(), said);
            assertTrue(said.startsWith("Port " + taken.getLocalPort() + " on 127.0.0.1 can't be used"), said);
            assertEquals(List.of(), engines());
        }
    }

    @Test
    void mintsTokensWhileTheServerRuns() throws Exception {
        SharedEngine.lendTo(home());
        awaitReady(start("dev"));
        Process token = start("token", "--user", "ada", "--org", "acme");
        String printed = new String(token.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, token.waitFor());
        assertTrue(printed.matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\R"), printed);
    }

    private Process start(String... arguments) throws IOException {
        return start(Map.of("GRAPHYN_PORT", "0"), arguments);
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                System.getProperty("graphyn.jar")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GRAPHYN_"));
        builder.environment().put("GRAPHYN_HOME", home().toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private Path home() {
        return directory.resolve("home");
    }

    private static void awaitReady(Process server) throws IOException {
        BufferedReader lines = server.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        while (line != null && !line.contains("Graphyn is ready at http://127.0.0.1:")) {
            line = lines.readLine();
        }
        assertTrue(line != null, () -> "The server ended before it was ready.");
    }

    private static String error(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The engines of this home that run; one that has ended has no arguments left. */
    private List<ProcessHandle> engines() throws IOException {
        List<ProcessHandle> engines = new ArrayList<>();
        for (Path pidFile :
                List.of(home().resolve("postgres/data/postmaster.pid"), home().resolve("redis/redis.pid"))) {
            if (Files.exists(pidFile)) {
                ProcessHandle.of(Long.parseLong(
                                Files.readAllLines(pidFile).getFirst().strip()))
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(home().toString()))
                        .ifPresent(engines::add);
            }
        }
        return engines;
    }
}
