package xyz.graphyn.bootstrap.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import xyz.graphyn.bootstrap.configuration.Secret;

/** The data folder, held by this process until it is closed. The operating system lets go of it for a killed one. */
public final class DataFolder implements AutoCloseable {
    private static final int SECRET_BYTES = 32;

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Takes the folder, making it when it isn't there.
     *
     * @throws DevelopmentException when another process holds it, naming that process, or when it can't be written
     */
    public static DataFolder open(Path path) throws DevelopmentException {
        Path lockFile = path.resolve("server.lock");
        try {
            PrivateFiles.folder(path);
            FileChannel channel = PrivateFiles.channel(lockFile);
            if (!tryLock(channel)) {
                channel.close();
                throw new DevelopmentException(
                        "Process " + Files.readString(lockFile).strip() + " is using the data folder " + path
                                + ". Stop it, or set GRAPHYN_HOME to another folder.");
            }
            channel.truncate(0);
            String pid = Long.toString(ProcessHandle.current().pid());
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)), 0);
            return new DataFolder(path, channel);
        } catch (IOException e) {
            throw new DevelopmentException("The data folder " + path + " can't be used: " + e.getMessage(), e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    public Path path() {
        return path;
    }

    /** The secret of that name, which is made when it is asked for the first time. */
    public Secret secret(String name) throws IOException {
        Path file = PrivateFiles.folder(path.resolve("secrets")).resolve(name);
        if (!Files.exists(file)) {
            byte[] random = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(random);
            PrivateFiles.write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        }
        return new Secret(Files.readString(file).strip());
    }

    /** Lets go of the folder. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
