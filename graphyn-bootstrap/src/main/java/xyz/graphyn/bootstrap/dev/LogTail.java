package xyz.graphyn.bootstrap.dev;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of an engine's log, which says best why the engine didn't start. */
final class LogTail {
    private static final int LINES = 10;
    private static final int LONGEST = 1 << 20;

    private LogTail() {}

    static String of(Path log) {
        try {
            if (!Files.exists(log) || Files.size(log) > LONGEST) {
                return "See " + log;
            }
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return "The end of " + log + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        } catch (IOException e) {
            return "Its log " + log + " can't be read: " + e.getMessage();
        }
    }
}
