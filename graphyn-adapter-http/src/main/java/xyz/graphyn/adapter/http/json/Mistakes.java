package xyz.graphyn.adapter.http.json;

import java.util.ArrayList;
import java.util.List;
import xyz.graphyn.adapter.http.problem.Mistake;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemException;

/** What is wrong with a body, as far as it was read. */
final class Mistakes {
    private final List<Mistake> found = new ArrayList<>();
    private String base = "";

    /** What is read from now on stands at this place of the body. */
    void under(String place) {
        base = place;
    }

    /** @throws ProblemException when there are more than anyone mends in one go: a large body could hold millions */
    void add(String pointer, String code, String message) {
        found.add(Mistake.atPointer(at(pointer), code, message));
        if (found.size() == Problem.MAX_MISTAKES) {
            throw thrown();
        }
    }

    /** This place of what is read now, as one of the body. */
    String at(String pointer) {
        return base + pointer;
    }

    int count() {
        return found.size();
    }

    /** @throws ProblemException with all of them, if there are any */
    void orThrow() {
        if (!found.isEmpty()) {
            throw thrown();
        }
    }

    /** To be thrown where the rest is not worth looking at. */
    ProblemException thrown() {
        return Problem.validation(found).thrown();
    }
}
