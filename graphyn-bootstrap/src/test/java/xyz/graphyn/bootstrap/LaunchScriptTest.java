package xyz.graphyn.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./graphyn} itself, with a Maven that only makes the jar and a JDK that only says what it is asked to run. */
@Timeout(60)
class LaunchScriptTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final FileTime OLD = FileTime.fromMillis(1_000_000_000_000L);
    private static final FileTime NEW = FileTime.fromMillis(1_100_000_000_000L);

    @TempDir
    private Path directory;

    private Path project;
    private Path jar;
    private Path source;

    private record Ended(int status, String out, String err) {}

    @BeforeEach
    void makeAProject() throws IOException {
        project = directory.resolve("a project");
        jar = project.resolve("graphyn-bootstrap/target/graphyn-bootstrap.jar");
        source = project.resolve("graphyn-bootstrap/src/main/Main.java");
        Files.createDirectories(project.resolve(".ci"));
        Files.createDirectories(Objects.requireNonNull(source.getParent()));
        Files.copy(ROOT.resolve("graphyn"), project.resolve("graphyn"));
        Files.copy(ROOT.resolve(".ci/jdk"), project.resolve(".ci/jdk"));
        for (Path file : List.of(project.resolve("pom.xml"), project.resolve("graphyn-bootstrap/pom.xml"), source)) {
            Files.setLastModifiedTime(Files.writeString(file, ""), OLD);
        }
        Files.setLastModifiedTime(source.getParent(), OLD);
        program("jdk/bin/javac", "exit 1");
        program("jdk/bin/java", "echo runs");
        Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"21.0.1\"\n");
        program("bin/mvn", "echo built >>'" + builds() + "'; sleep 1; echo >'" + jar + "'");
    }

    @Test
    void buildsWhatIsMissingForEveryCommand() throws Exception {
        assertEquals(
                new Ended(0, "runs\n", "Building Graphyn, which takes a minute or two the first time.\n"),
                run("token"));
        assertEquals(1, countBuilds());
        assertEquals(new Ended(0, "runs\n", ""), run("token"));
        assertEquals(1, countBuilds());
    }

    @Test
    void leavesTheJarOfARunningServerToTheNextServer() throws Exception {
        makeStaleJar();
        for (String command : List.of("token", "import", "config", "--help")) {
            assertEquals(
                    new Ended(
                            0,
                            "runs\n",
                            "Graphyn's sources are newer than what runs here: demo, dev and serve build them.\n"),
                    run(command));
        }
        assertEquals(0, countBuilds());
        assertEquals("runs\n", run("dev").out());
        assertEquals(1, countBuilds());
    }

    @Test
    void buildsOnceForTwoThatAreLaunchedTogether() throws Exception {
        Process first = start("dev");
        Process second = start("serve");
        assertEquals("runs\n", ended(first).out());
        assertEquals("runs\n", ended(second).out());
        assertEquals(1, countBuilds());
        assertFalse(Files.exists(lock()));
    }

    @Test
    void takesOverTheLockOfADeadProcess() throws Exception {
        makeStaleJar();
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(lock());
        Files.writeString(lock().resolve("pid"), dead.pid() + "\n");
        assertEquals("runs\n", run("dev").out());
        assertEquals(1, countBuilds());
        assertFalse(Files.exists(lock()));
    }

    @Test
    void leavesNoLockBehindABuildThatFails() throws Exception {
        program("bin/mvn", "exit 1");
        Ended failed = run("dev");
        assertEquals(1, failed.status());
        assertEquals("", failed.out());
        assertFalse(Files.exists(lock()));
    }

    private void makeStaleJar() throws IOException {
        Files.createDirectories(Objects.requireNonNull(jar.getParent()));
        Files.setLastModifiedTime(Files.writeString(jar, ""), OLD);
        Files.setLastModifiedTime(source, NEW);
    }

    private Path lock() {
        return jar.resolveSibling("build.lock");
    }

    private Path builds() {
        return directory.resolve("builds");
    }

    private long countBuilds() throws IOException {
        return Files.exists(builds()) ? Files.readAllLines(builds()).size() : 0;
    }

    private void program(String name, String body) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended run(String command) throws Exception {
        return ended(start(command));
    }

    private Process start(String command) throws IOException {
        List<String> line = List.of("sh", project.resolve("graphyn").toString(), command);
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
        builder.environment().merge("PATH", directory.resolve("bin").toString(), (path, own) -> own + ":" + path);
        return builder.start();
    }

    private static Ended ended(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, err);
    }
}
