package xyz.graphyn.application.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * An answer as it was first given.
 *
 * @param location the {@code Location} of what was created
 * @param body the text of the answer
 */
public record StoredAnswer(int status, @Nullable String location, String body) {}
