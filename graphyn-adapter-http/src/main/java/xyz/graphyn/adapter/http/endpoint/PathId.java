package xyz.graphyn.adapter.http.endpoint;

import java.util.UUID;

/**
 * An id in a path.
 *
 * @param name its name in the template
 * @param what the kind of thing that it names; an id of the wrong form names nothing, like one that nobody has
 */
public record PathId(String name, String what, String description, UUID example) {}
