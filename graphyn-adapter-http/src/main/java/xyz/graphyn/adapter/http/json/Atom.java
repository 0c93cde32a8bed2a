package xyz.graphyn.adapter.http.json;

/**
 * A string or a whole number, of which it is only asked that it be given back.
 *
 * @param json as it was written
 * @param value a {@link String} or a {@link Long}
 */
public record Atom(String json, Object value) {}
