package xyz.graphyn.endtoend.site;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import redis.embedded.RedisExecProvider;

/** One redis-server on a port of its own, that keeps nothing on disk but its place in a cluster. */
final class RedisProcess implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Path folder;
    private final boolean clustered;
    private final int port = Ports.free();
    private Process process;

    RedisProcess(Path folder, boolean clustered) {
        this.folder = folder;
        this.clustered = clustered;
        this.process = launch();
    }

    private Process launch() {
        try {
            Files.createDirectories(folder);
            List<String> command = new ArrayList<>();
            Collections.addAll(
                    command,
                    RedisExecProvider.defaultProvider().get().toString(),
                    "--bind",
                    "127.0.0.1",
                    "--port",
                    Integer.toString(port),
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--dir",
                    folder.toString());
            if (clustered) {
                Collections.addAll(
                        command,
                        "--cluster-enabled",
                        "yes",
                        "--cluster-port",
                        Integer.toString(Ports.free()),
                        "--cluster-node-timeout",
                        "2000",
                        "--cluster-require-full-coverage",
                        "no");
            }
            Process launched = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            awaitAnswer();
            return launched;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void awaitAnswer() {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            try {
                command("PING");
                return;
            } catch (UncheckedIOException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }

    int port() {
        return port;
    }

    /** The first line of the answer, behind its sign; for a bulk answer, its content. */
    String command(String... words) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            socket.setSoTimeout(5_000);
            StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
            for (String word : words) {
                request.append('$')
                        .append(word.length())
                        .append("\r\n")
                        .append(word)
                        .append("\r\n");
            }
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String line = String.valueOf(answers.readLine());
            if (line.startsWith("-")) {
                throw new IllegalStateException(String.join(" ", words) + " was refused: " + line);
            }
            if (!line.startsWith("$")) {
                return line.substring(1);
            }
            char[] bulk = new char[Integer.parseInt(line.substring(1))];
            int read = 0;
            while (read < bulk.length) {
                read += answers.read(bulk, read, bulk.length - read);
            }
            return new String(bulk);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void startAgain() {
        process = launch();
    }

    @Override
    public void close() {
        kill();
    }
}
