package xyz.graphyn.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The programs of docs/streaming.md, and what can run them here. */
final class Programs {
    /** By their exact versions, so that the same is tested tomorrow; {@code eventsource} 5 needs a newer Node. */
    private static final String PACKAGE =
            "{\"private\":true,\"type\":\"module\",\"dependencies\":{\"ws\":\"8.23.0\",\"eventsource\":\"4.1.1\"}}";

    private static final String MCP_PACKAGE =
            "{\"private\":true,\"type\":\"module\",\"dependencies\":{\"@modelcontextprotocol/sdk\":\"1.32.2\"}}";

    private static final int OLDEST_NODE = 20;

    /** The first with a WebSocket of its own, as browsers have it; before, it has to be switched on. */
    private static final int NODE_WITH_WEB_SOCKET = 22;

    private Programs() {}

    /** The code that follows the comment {@code program: name}. */
    static String documented(String name) throws IOException {
        return documented("streaming.md", name);
    }

    /** The same of another page. */
    static String documented(String document, String name) throws IOException {
        String page = Files.readString(Path.of("..", "docs", document));
        Matcher block = Pattern.compile("<!-- program: " + name + " -->\n```js\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        if (!block.find()) {
            throw new AssertionError("docs/" + document + " has no program " + name);
        }
        return block.group(1);
    }

    /** A Node that can run them, with the packages installed beside them; or what is missing. */
    record Node(List<String> command, String missing) {
        static Node in(Path folder) throws IOException, InterruptedException {
            return in(folder, PACKAGE, "ws");
        }

        static Node withMcp(Path folder) throws IOException, InterruptedException {
            return in(folder, MCP_PACKAGE, "@modelcontextprotocol/sdk");
        }

        /** @param needed one of the packages */
        private static Node in(Path folder, String packages, String needed) throws IOException, InterruptedException {
            Optional<Integer> version = version();
            if (version.isEmpty() || version.get() < OLDEST_NODE) {
                return new Node(List.of(), "There is no node " + OLDEST_NODE + " or later on the PATH.");
            }
            Files.writeString(folder.resolve("package.json"), packages);
            Optional<String> installed = output(
                    folder, "npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts");
            if (installed.isEmpty()
                    || !Files.isDirectory(folder.resolve("node_modules").resolve(needed))) {
                return new Node(List.of(), "npm could not install " + packages);
            }
            List<String> command = new ArrayList<>(List.of("node", "--no-warnings"));
            if (version.get() < NODE_WITH_WEB_SOCKET) {
                command.add("--experimental-websocket");
            }
            return new Node(List.copyOf(command), "");
        }

        private static Optional<Integer> version() throws InterruptedException {
            return output(Path.of("."), "node", "--version")
                    .map(text -> Pattern.compile("v(\\d+)\\.").matcher(text))
                    .filter(Matcher::find)
                    .map(matcher -> Integer.valueOf(matcher.group(1)));
        }
    }

    /** A browser without a window; empty if none is installed. */
    static Optional<String> browser() {
        for (String name : List.of("chromium", "google-chrome", "chromium-browser")) {
            boolean found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
            if (found) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** What a command prints if it ends well within two minutes. */
    private static Optional<String> output(Path folder, String... command) throws InterruptedException {
        try {
            Path printed = Files.createTempFile("output", ".txt");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String text = Files.readString(printed, UTF_8);
            Files.delete(printed);
            return process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        }
    }
}
