package xyz.graphyn.adapter.http.json;

import java.util.Arrays;
import java.util.List;
import xyz.graphyn.adapter.http.problem.Mistake;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemException;
import xyz.graphyn.adapter.http.problem.ProblemType;

/**
 * Newline-delimited JSON: one value on each line, blank lines passed over. It is read as an object whose one member is the
 * list of these values, so that it means what that object would mean, and its mistakes have the same places.
 */
public final class JsonLines {
    public static final String MEDIA_TYPE = "application/x-ndjson";

    private JsonLines() {}

    /**
     * @param member the name of the list
     * @param maxKeys how many members all objects may have together
     * @throws ProblemException like {@link JsonText#of(byte[], int)}, or if there are more values than any list may have:
     *     they are counted while they are read, since a body of the largest size could hold millions
     */
    public static JsonText of(byte[] body, String member, int maxKeys) {
        StringBuilder list = new StringBuilder(body.length + 64);
        int items = 0;
        int lineNumber = 0;
        int end;
        for (int start = 0; start < body.length; start = end + 1) {
            end = endOfLine(body, start);
            lineNumber++;
            if (!isBlank(body, start, end)) {
                if (items == ValueReader.MAX_ITEMS) {
                    throw Reading.tooMany("/" + member, ValueReader.MAX_ITEMS);
                }
                byte[] line = Arrays.copyOfRange(body, start, end);
                list.append(items == 0 ? "" : ",").append(value(line, lineNumber, "/" + member + "/" + items, maxKeys));
                items++;
            }
        }
        return JsonText.of("{\"" + member + "\":[" + list + "]}", maxKeys);
    }

    /** Each line by itself: joined first, two values on one line would pass, and so would one value on two. */
    private static JsonText value(byte[] line, int lineNumber, String pointer, int maxKeys) {
        try {
            return JsonText.of(line, maxKeys);
        } catch (ProblemException exception) {
            Problem problem = exception.problem();
            boolean malformed = problem.type() == ProblemType.MALFORMED_JSON;
            List<Mistake> mistakes = problem.mistakes().stream()
                    .map(mistake -> Mistake.atPointer(
                            pointer + mistake.name(),
                            mistake.code(),
                            malformed ? "must be well-formed JSON" : mistake.message()))
                    .toList();
            String detail =
                    malformed ? "Line " + lineNumber + " of the body is not well-formed JSON." : problem.detail();
            throw new Problem(problem.type(), detail, mistakes, problem.headers()).thrown();
        }
    }

    private static int endOfLine(byte[] body, int start) {
        int end = start;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        return end;
    }

    private static boolean isBlank(byte[] body, int start, int end) {
        for (int i = start; i < end; i++) {
            byte b = body[i];
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
