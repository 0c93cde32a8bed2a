package xyz.graphyn.endtoend.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * PostgreSQL's programs, unpacked once for all tests: unpacking takes longer than starting them. Each test's data stays its own.
 */
public final class SharedEngine {
    private SharedEngine() {}

    /** Where it is unpacked; kept from one build to the next. */
    public static Path folder() {
        try {
            return Files.createDirectories(Path.of("target", "engine").toAbsolutePath());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Has the servers of a data folder, whether it is there or not, use it. */
    public static void lendTo(Path home) {
        try {
            Path engine = Files.createDirectories(home.resolve("postgres")).resolve("engine");
            if (!Files.exists(engine)) {
                Files.createSymbolicLink(engine, folder());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
