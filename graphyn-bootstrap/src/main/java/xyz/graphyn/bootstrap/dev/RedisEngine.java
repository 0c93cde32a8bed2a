package xyz.graphyn.bootstrap.dev;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.RedisExecProvider;
import xyz.graphyn.adapter.redis.RedisConfiguration;
import xyz.graphyn.bootstrap.configuration.Secret;

/** A Redis of the data folder's own. It keeps its data in an append-only file, synced once a second. */
final class RedisEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisEngine.class);

    private static final String PROGRAM = "redis-server";
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
    private static final int SOCKET_MILLIS = 1000;

    private final EngineProcess process;
    private final RedisConfiguration configuration;

    private RedisEngine(EngineProcess process, RedisConfiguration configuration) {
        this.process = process;
        this.configuration = configuration;
    }

    /** Starts it on the folder's data. One that a killed server left is stopped before. */
    static RedisEngine start(DataFolder home) throws DevelopmentException, IOException, InterruptedException {
        Path folder = PrivateFiles.folder(home.path().resolve("redis"));
        Path settings = folder.resolve("redis.conf");
        Path pidFile = folder.resolve("redis.pid");
        Path log = folder.resolve("redis.log");
        Optional<EngineProcess> orphan = EngineProcess.find(pidFile, PROGRAM, settings);
        if (orphan.isPresent()) {
            LOG.info(
                    "Stopping the Redis that a killed server left behind (process {})",
                    orphan.get().pid());
            stop(orphan.get());
        }
        Files.deleteIfExists(pidFile);
        Files.deleteIfExists(log);
        Secret password = home.secret("redis");
        int port = freePort();
        PrivateFiles.write(
                settings, """
                bind 127.0.0.1
                protected-mode yes
                port %d
                requirepass %s
                daemonize yes
                set-proc-title no
                pidfile %s
                logfile %s
                dir %s
                appendonly yes
                appendfsync everysec
                save ""
                """.formatted(port, password.value(), quoted(pidFile), quoted(log), quoted(folder)));
        int exit = new ProcessBuilder(program(folder).toString(), settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .waitFor();
        long started = System.nanoTime();
        while (exit == 0 && System.nanoTime() - started < LONGEST_START.toNanos()) {
            if (answers(port, password)) {
                EngineProcess process = EngineProcess.find(pidFile, PROGRAM, settings)
                        .orElseThrow(() -> new DevelopmentException("Redis has gone again. " + LogTail.of(log)));
                return new RedisEngine(
                        process, RedisConfiguration.at("redis://:" + password.value() + "@127.0.0.1:" + port));
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        throw new DevelopmentException("Redis doesn't start. " + LogTail.of(log));
    }

    /** The program for this machine, taken out of its jar once and kept, under a name with its version. */
    private static Path program(Path folder) throws IOException {
        Path kept = folder.resolve(PROGRAM + "-" + RedisExecProvider.redisVersion);
        if (!Files.exists(kept)) {
            Path unpacked = RedisExecProvider.defaultProvider().get().toPath();
            Path partial = folder.resolve(PROGRAM + ".part");
            Files.copy(unpacked, partial, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            Files.move(partial, kept, StandardCopyOption.ATOMIC_MOVE);
        }
        return kept;
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** False while it doesn't listen yet, and while it still reads its data. */
    private static boolean answers(int port, Secret password) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), SOCKET_MILLIS);
            socket.setSoTimeout(SOCKET_MILLIS);
            socket.getOutputStream()
                    .write(("AUTH " + password.value() + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream answers = socket.getInputStream();
            byte[] expected = "+OK\r\n+PONG\r\n".getBytes(StandardCharsets.US_ASCII);
            return Arrays.equals(answers.readNBytes(expected.length), expected);
        } catch (IOException e) {
            return false;
        }
    }

    private static void stop(EngineProcess process) throws DevelopmentException {
        process.terminate();
        if (!process.awaitExit(LONGEST_STOP)) {
            process.kill();
            if (!process.awaitExit(LONGEST_STOP)) {
                throw new DevelopmentException("Redis (process " + process.pid() + ") doesn't stop. Stop it by hand.");
            }
        }
    }

    RedisConfiguration configuration() {
        return configuration;
    }

    long pid() {
        return process.pid();
    }

    /** Stops it, once its file is written, and waits for its end. */
    @Override
    public void close() throws DevelopmentException {
        stop(process);
    }
}
