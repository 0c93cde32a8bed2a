package xyz.graphyn.bootstrap.importer;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** A file with one event to a line (NDJSON), plain or, when its name ends in {@code .gz}, packed. Empty lines don't count. */
public final class EventFile implements AutoCloseable {
    /** No line can be longer than the longest body that a server takes. */
    private static final int LONGEST_LINE = 64 * 1024 * 1024;

    private static final int BUFFER = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Counting counting;
    private final InputStream input;
    private long number;
    private Optional<EventLine> next = Optional.empty();

    private EventFile(InputStream raw, boolean packed) throws IOException {
        this.counting = new Counting(raw);
        this.input = new BufferedInputStream(packed ? new GZIPInputStream(counting, BUFFER) : counting, BUFFER);
    }

    /**
     * Opens a file.
     *
     * @throws ImportException when it can't be read
     */
    public static EventFile open(Path path) throws ImportException {
        try {
            return new EventFile(Files.newInputStream(path), path.toString().endsWith(".gz"));
        } catch (NoSuchFileException e) {
            throw new ImportException("There is no file " + path);
        } catch (IOException e) {
            throw new ImportException(path + " can't be read: " + e.getMessage());
        }
    }

    /** Reads what comes in, unpacked. */
    public static EventFile of(InputStream input) throws ImportException {
        try {
            return new EventFile(input, false);
        } catch (IOException e) {
            throw new ImportException("The input can't be read: " + e.getMessage());
        }
    }

    /** How many bytes of the file have been read, packed ones as they are in the file. */
    public long bytesRead() {
        return counting.count;
    }

    /**
     * The next events.
     *
     * @param most how many at most; positive
     * @param mostCharacters how long they may be together; a single one that is longer comes alone
     * @return empty at the end of the file
     * @throws ImportException when one of them is bad; it names the line
     */
    List<EventLine> next(int most, int mostCharacters) throws ImportException {
        List<EventLine> batch = new ArrayList<>();
        long length = 0;
        while (batch.size() < most) {
            Optional<EventLine> line = next.isPresent() ? next : read();
            next = Optional.empty();
            if (line.isEmpty()) {
                break;
            }
            length += line.get().json().length();
            if (length > mostCharacters && !batch.isEmpty()) {
                next = line;
                break;
            }
            batch.add(line.get());
        }
        return batch;
    }

    private Optional<EventLine> read() throws ImportException {
        while (true) {
            Optional<String> text = readText();
            if (text.isEmpty()) {
                return Optional.empty();
            }
            String json = text.get();
            if (number == 1 && !json.isEmpty() && json.charAt(0) == BYTE_ORDER_MARK) {
                json = json.substring(1);
            }
            if (!json.isBlank()) {
                return Optional.of(EventLine.parse(number, json.strip()));
            }
        }
    }

    private Optional<String> readText() throws ImportException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        number++;
        try {
            int next = input.read();
            if (next < 0) {
                return Optional.empty();
            }
            while (next >= 0 && next != '\n') {
                if (line.size() == LONGEST_LINE) {
                    throw new ImportException("Line " + number + " is longer than " + LONGEST_LINE
                            + " bytes. Nothing of its batch was sent.");
                }
                line.write(next);
                next = input.read();
            }
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new ImportException("Line " + number + " is not UTF-8. Nothing of its batch was sent.");
        } catch (IOException e) {
            throw new ImportException("Line " + number + " can't be read: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
