package xyz.graphyn.bootstrap.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A running database engine that belongs to one data folder, found by the file in which it wrote its process id. */
final class EngineProcess {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final ProcessHandle process;
    private final String program;
    private final Path argument;

    private EngineProcess(ProcessHandle process, String program, Path argument) {
        this.process = process;
        this.program = program;
        this.argument = argument;
    }

    /**
     * Finds the process, if it runs. A process id is used again sooner or later, so the process must also be that
     * program, started with that path.
     *
     * @param pidFile its first line is the process id
     * @param program the file name of the executable
     * @param argument a path that only an engine of this data folder was started with
     */
    static Optional<EngineProcess> find(Path pidFile, String program, Path argument) throws IOException {
        return pid(pidFile)
                .flatMap(ProcessHandle::of)
                .map(process -> new EngineProcess(process, program, argument))
                .filter(EngineProcess::isAlive);
    }

    private static Optional<Long> pid(Path pidFile) throws IOException {
        try {
            List<String> lines = Files.readAllLines(pidFile);
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Long.parseLong(lines.getFirst().strip()));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    long pid() {
        return process.pid();
    }

    /**
     * Whether it runs. One that has ended, but whose parent hasn't taken note of it, counts as ended: in a container
     * nobody may ever do so. It shows by having no arguments left.
     */
    boolean isAlive() {
        ProcessHandle.Info info = process.info();
        // A binary that was replaced while it ran shows as "… (deleted)".
        Path command = Path.of(info.command().orElse("").replace(" (deleted)", ""));
        return process.isAlive()
                && String.valueOf(command.getFileName()).startsWith(program)
                && Arrays.asList(info.arguments().orElse(new String[0])).contains(argument.toString());
    }

    /** Sends SIGTERM. */
    void terminate() {
        var unused = process.destroy();
    }

    /** Sends SIGKILL. */
    void kill() {
        var unused = process.destroyForcibly();
    }

    /** Sends SIGINT, for which Java has no method and every POSIX shell has a command. */
    void interrupt() throws IOException {
        var unused = new ProcessBuilder("sh", "-c", "kill -INT " + process.pid())
                .start()
                .onExit()
                .join();
    }

    /** Waits for its end, through interrupts, and says whether it has come. */
    boolean awaitExit(Duration timeout) {
        long started = System.nanoTime();
        boolean interrupted = false;
        while (isAlive() && System.nanoTime() - started < timeout.toNanos()) {
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !isAlive();
    }
}
