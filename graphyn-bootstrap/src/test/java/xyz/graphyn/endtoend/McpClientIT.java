package xyz.graphyn.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/mcp.md, with the protocol's own client, which is skipped where Node or npm is missing. */
class McpClientIT {
    @Test
    void callsEveryToolAsDocumented(@TempDir Path folder) throws IOException, InterruptedException {
        Programs.Node node = Programs.Node.withMcp(folder);
        assumeTrue(node.missing().isEmpty(), node.missing());
        RunningServer server = RunningServer.shared();
        String agent = server.as("ada", "protocol", "admin").newAgent("Conductor");
        Files.writeString(folder.resolve("agent.mjs"), Programs.documented("mcp.md", "client"));
        List<String> command = new ArrayList<>(node.command());
        command.add("agent.mjs");
        Path printed = folder.resolve("printed.txt");
        ProcessBuilder program = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        program.environment().put("SERVER", server.url().toString());
        program.environment().put("TOKEN", server.token("ada", "protocol", "admin"));
        program.environment().put("AGENT", agent.substring(agent.lastIndexOf('/') + 1));
        Process process = program.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        List<String> lines = Files.readAllLines(printed, UTF_8);
        assertEquals(0, process.exitValue(), () -> String.join("\n", lines));
        assertEquals("remember recall get_context log_event list_agents", lines.get(0));
        assertEquals(List.of("1", "fact", "1", "Ada prefers night trains to planes."), lines.subList(1, 5));
        assertTrue(lines.contains("fact: Ada prefers night trains to planes."));
        assertEquals("0", lines.getLast(), "what was said later was not known then");
    }
}
