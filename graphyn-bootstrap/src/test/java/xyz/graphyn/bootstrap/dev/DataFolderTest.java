package xyz.graphyn.bootstrap.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path directory;

    @Test
    void isHeldByOneServerAtATime() throws Exception {
        Path path = directory.resolve("home");
        try (DataFolder held = DataFolder.open(path)) {
            assertEquals(path, held.path());
            DevelopmentException refused = assertThrows(DevelopmentException.class, () -> DataFolder.open(path));
            String pid = Long.toString(ProcessHandle.current().pid());
            assertTrue(String.valueOf(refused.getMessage()).contains("Process " + pid + " "), refused.getMessage());
        }
        DataFolder.open(path).close();
    }

    @Test
    void isHeldByOneOfThoseThatStartTogether() throws Exception {
        for (int round = 0; round < 20; round++) {
            Path path = directory.resolve("home-" + round);
            CyclicBarrier together = new CyclicBarrier(4);
            try (ExecutorService starters = Executors.newFixedThreadPool(4)) {
                List<Callable<Optional<DataFolder>>> starts = Collections.nCopies(4, () -> {
                    together.await();
                    try {
                        return Optional.of(DataFolder.open(path));
                    } catch (DevelopmentException taken) {
                        return Optional.empty();
                    }
                });
                List<DataFolder> held = new ArrayList<>();
                for (Future<Optional<DataFolder>> start : starters.invokeAll(starts)) {
                    start.get().ifPresent(held::add);
                }
                held.forEach(DataFolder::close);
                assertEquals(1, held.size());
            }
        }
    }

    @Test
    void holdsTheVeryFileThatIsThere() throws Exception {
        Path path = directory.resolve("home");
        DataFolder.open(path).close();
        Path lockFile = path.resolve("server.lock");
        Object before =
                Files.readAttributes(lockFile, BasicFileAttributes.class).fileKey();
        DataFolder.open(path).close();
        assertEquals(
                before,
                Files.readAttributes(lockFile, BasicFileAttributes.class).fileKey());
        assertEquals("rw-------", permissions(lockFile));
    }

    @Test
    void keepsItsSecretsToItself() throws Exception {
        Path path = directory.resolve("a b").resolve("home");
        String secret;
        try (DataFolder home = DataFolder.open(path)) {
            secret = home.secret("one").value();
            assertTrue(secret.length() >= 32, secret);
            assertNotEquals(secret, home.secret("two").value());
        }
        try (DataFolder home = DataFolder.open(path)) {
            assertEquals(secret, home.secret("one").value());
        }
        assertEquals("rwx------", permissions(path));
        assertEquals("rwx------", permissions(path.resolve("secrets")));
        assertEquals("rw-------", permissions(path.resolve("secrets/one")));
    }

    @Test
    void saysInOneLineThatAFileIsInItsPlace() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        DevelopmentException refused = assertThrows(DevelopmentException.class, () -> DataFolder.open(file));
        assertEquals(1, String.valueOf(refused.getMessage()).lines().count());
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
