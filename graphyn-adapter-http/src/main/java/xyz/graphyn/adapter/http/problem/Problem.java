package xyz.graphyn.adapter.http.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An error as it will be told.
 *
 * @param detail one sentence on this occurrence
 * @param mistakes what is wrong with the request, each at its place; empty where there is no more to say than the detail
 * @param headers what the answer says beside it, such as {@code Retry-After}
 */
public record Problem(ProblemType type, String detail, List<Mistake> mistakes, Map<String, String> headers) {
    /** As many as anyone mends in one go; more would let a small request make a large answer. */
    public static final int MAX_MISTAKES = 50;

    public Problem {
        mistakes = List.copyOf(mistakes.subList(0, Math.min(mistakes.size(), MAX_MISTAKES)));
        headers = Map.copyOf(headers);
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of(), Map.of());
    }

    public static Problem validation(List<Mistake> mistakes) {
        String detail = mistakes.size() == 1
                ? "There is one mistake in the request."
                : "There are " + mistakes.size() + " mistakes in the request.";
        return new Problem(ProblemType.VALIDATION, detail, mistakes, Map.of());
    }

    public static Problem validation(Mistake mistake) {
        return validation(List.of(mistake));
    }

    /** This problem with one header more. */
    public Problem with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Problem(type, detail, mistakes, more);
    }

    /** To throw out of a handler or out of what reads a request. */
    public ProblemException thrown() {
        return new ProblemException(this);
    }
}
