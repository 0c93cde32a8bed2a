package xyz.graphyn.adapter.http.endpoint;

/** Answers requests without a body. What it throws becomes a problem. */
@FunctionalInterface
public interface Handler {
    Answer handle(Request request);

    /** Answers requests with a body. What it throws becomes a problem. */
    @FunctionalInterface
    interface OfBody<T> {
        Answer handle(Request request, T body);
    }
}
