package xyz.graphyn.adapter.http.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Reads JSON objects into records of one type. Its member types are {@link String}, {@link Integer}, {@link Long}, {@link Boolean},
 * {@link java.time.Instant}, {@link java.util.UUID}, {@link xyz.graphyn.domain.json.Json}, records, {@link
 * java.util.List}s of these, and in merge patches {@link Change}s of these.
 */
public final class JsonReader<T extends Record> {
    private final RecordReader<T> reader;

    public JsonReader(Class<T> type) {
        this.reader = new RecordReader<>(type);
    }

    /** @throws xyz.graphyn.adapter.http.problem.ProblemException with every mistake of type, and every member too many */
    public T read(JsonText text) {
        try (JsonParser json = text.parser()) {
            json.nextToken();
            Reading reading = new Reading.OfText(text.toString(), json);
            @Nullable T value = reader.read(reading);
            if (value == null) {
                throw reading.mistakes().thrown();
            }
            return value;
        }
    }
}
