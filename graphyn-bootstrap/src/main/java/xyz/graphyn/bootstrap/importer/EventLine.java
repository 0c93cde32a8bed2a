package xyz.graphyn.bootstrap.importer;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * One event of the file. Its JSON goes out as it came in, so that no number loses a digit on the way.
 *
 * @param number of the line, from 1
 * @param identified whether it carries an {@code externalId}
 */
record EventLine(long number, String json, boolean identified) {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * Checks that a line is one JSON object with a {@code type} and a {@code payload}; all else is for the server to
     * judge.
     */
    static EventLine parse(long number, String json) throws ImportException {
        boolean typed = false;
        boolean loaded = false;
        boolean identified = false;
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw bad(number, "is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                typed |= name.equals("type") && value == JsonToken.VALUE_STRING;
                loaded |= name.equals("payload");
                identified |= name.equals("externalId") && value == JsonToken.VALUE_STRING;
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                throw bad(number, "goes on after its JSON object");
            }
        } catch (JacksonException e) {
            throw bad(number, "is not JSON: " + e.getOriginalMessage().replaceAll("\\p{Cntrl}+", " "));
        }
        if (!typed || !loaded) {
            throw bad(number, typed ? "has no \"payload\"" : "has no \"type\", or one that is not a text");
        }
        return new EventLine(number, json, identified);
    }

    private static ImportException bad(long number, String why) {
        return new ImportException("Line " + number + " " + why + ". Nothing of its batch was sent.");
    }
}
