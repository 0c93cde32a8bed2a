package xyz.graphyn.adapter.http.problem;

/** Ends a request with a problem. It is an answer, not a fault: it carries no stack trace and is not reported. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
