package xyz.graphyn.application.idempotency;

/**
 * What is kept of an answer: that the request was done, and where to find what it made. Not its text, which was made for what
 * its reader was allowed at that time.
 *
 * @param location the {@code Location} of what was created
 */
public record StoredAnswer(int status, String location) {}
