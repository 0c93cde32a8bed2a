package xyz.graphyn.bootstrap.tail;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** What the server says. */
sealed interface Incoming {
    /** Every event behind {@code after} follows. */
    record Subscribed(UUID agent, long after) implements Incoming {}

    record Events(UUID agent, List<Line> lines) implements Incoming {}

    /** Everything up to {@code seq} was sent or is not asked for. */
    record Position(UUID agent, long seq) implements Incoming {}

    /** These events were removed. */
    record Gap(UUID agent, long from, long to) implements Incoming {}

    /** @param agent null if it is about none */
    record Refused(@Nullable UUID agent, String code, String message) implements Incoming {}

    /** Something that a newer server says, or an answer that needs no deed. */
    record Other() implements Incoming {}

    /** An event as it came, character for character; but for the ends of lines between its values, which are spaces here. */
    record Line(long seq, String json) {}

    /** @throws TailException if it is no message of the protocol */
    static Incoming parse(String text) throws TailException {
        try (JsonParser parser = Reader.JSON.createParser(ObjectReadContext.empty(), text)) {
            return new Reader(text, parser).message();
        } catch (JacksonException | IllegalArgumentException broken) {
            throw new TailException("The server sent something that is no message of a stream.");
        }
    }

    /** Reads the members of one message, in whatever order they come. */
    final class Reader {
        /** What the server took, we take. */
        private static final JsonFactory JSON = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Connection.LONGEST)
                        .maxNumberLength(Connection.LONGEST)
                        .build())
                .build();

        private final String text;
        private final JsonParser parser;
        private final List<Line> lines = new ArrayList<>();
        private String type = "";
        private @Nullable UUID agent;
        private String code = "";
        private String message = "";
        private long after;
        private long seq;
        private long from;
        private long to;

        private Reader(String text, JsonParser parser) {
            this.text = text;
            this.parser = parser;
        }

        private Incoming message() {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException();
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                member(name);
            }
            return switch (type) {
                case "subscribed" -> new Subscribed(agent(), after);
                case "event", "events" -> new Events(agent(), List.copyOf(lines));
                case "position" -> new Position(agent(), seq);
                case "gap" -> new Gap(agent(), from, to);
                case "error" -> new Refused(agent, code, message);
                default -> new Other();
            };
        }

        private UUID agent() {
            if (agent == null) {
                throw new IllegalArgumentException();
            }
            return agent;
        }

        private void member(String name) {
            switch (name) {
                case "type" -> type = parser.getString();
                case "agentId" ->
                    agent = parser.currentToken() == JsonToken.VALUE_NULL ? null : UUID.fromString(parser.getString());
                case "code" -> code = parser.getString();
                case "message" -> message = parser.getString();
                case "after" -> after = parser.getLongValue();
                case "seq" -> seq = parser.getLongValue();
                case "from" -> from = parser.getLongValue();
                case "to" -> to = parser.getLongValue();
                case "event" -> lines.add(line());
                case "events" -> {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        lines.add(line());
                    }
                }
                default -> parser.skipChildren();
            }
        }

        private Line line() {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException();
            }
            int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
            long number = 0;
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                if (name.equals("seq")) {
                    number = parser.getLongValue();
                } else {
                    parser.skipChildren();
                }
            }
            int end = Math.toIntExact(parser.currentLocation().getCharOffset());
            return new Line(
                    number, text.substring(start, end).replace('\n', ' ').replace('\r', ' '));
        }
    }
}
