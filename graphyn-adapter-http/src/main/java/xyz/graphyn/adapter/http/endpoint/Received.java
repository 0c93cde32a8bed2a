package xyz.graphyn.adapter.http.endpoint;

import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.json.JsonText;

/**
 * A body that has come in, with what is left to do with it.
 *
 * @param text all of it; null where it is a list that was read while it came, of which no text is held
 */
public record Received(@Nullable JsonText text, Handler handler) {}
