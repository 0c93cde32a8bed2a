package xyz.graphyn.bootstrap.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the server answers. */
final class Answer {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final Pattern EVENT = Pattern.compile("/events/([0-9]{1,9})(/.*)?");

    private Answer() {}

    /**
     * What became of one event.
     *
     * @param seq its place in the agent's events, from 1
     * @param created false when it had been there before
     */
    record Recorded(long seq, boolean created) {}

    static List<Recorded> recorded(String body, List<EventLine> batch) throws ImportException {
        List<Recorded> recorded = new ArrayList<>();
        try {
            JsonNode answer = MAPPER.readTree(body);
            for (JsonNode item : answer.path("items")) {
                if (!item.path("seq").isIntegralNumber()
                        || !item.path("created").isBoolean()) {
                    throw strange();
                }
                recorded.add(new Recorded(
                        item.path("seq").longValue(), item.path("created").booleanValue()));
            }
        } catch (JacksonException e) {
            throw strange();
        }
        if (recorded.size() != batch.size()) {
            throw strange();
        }
        return recorded;
    }

    private static ImportException strange() {
        return new ImportException("The server's answer is not that of Graphyn. Is the URL right?");
    }

    /** A problem (RFC 9457) in words, with the lines of the file in place of the positions in the batch. */
    static String problem(int status, String body, List<EventLine> batch) {
        JsonNode problem;
        try {
            problem = MAPPER.readTree(body);
        } catch (JacksonException e) {
            problem = MAPPER.nullNode();
        }
        StringBuilder text = new StringBuilder("The server answered ").append(status);
        append(text, ": ", problem.path("title"));
        append(text, ". ", problem.path("detail"));
        append(text, " (request ", problem.path("requestId"));
        text.append(problem.path("requestId").isString() ? ")" : "");
        for (JsonNode error : problem.path("errors")) {
            String pointer = error.path("pointer").asString("");
            Matcher event = EVENT.matcher(pointer);
            boolean known = event.matches() && Integer.parseInt(event.group(1)) < batch.size();
            text.append("\n  ");
            if (known) {
                EventLine line = batch.get(Integer.parseInt(event.group(1)));
                text.append("line ").append(line.number());
                text.append(event.group(2) == null ? "" : " at " + plain(event.group(2)));
            } else {
                text.append(plain(pointer));
            }
            append(text, ": ", error.path("message"));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String before, JsonNode value) {
        if (value.isString()) {
            text.append(before).append(plain(value.stringValue()));
        }
    }

    // What comes over the net must not move the cursor of a terminal.
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
