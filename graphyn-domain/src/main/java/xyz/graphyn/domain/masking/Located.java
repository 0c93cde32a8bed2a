package xyz.graphyn.domain.masking;

/**
 * A finding as people see it, in the value of a JSON document without its escapes.
 *
 * @param path to the string, number or member, as a JSON Pointer (RFC 6901); JSON that stands in a string is part of that string
 * @param inName whether it is in the member's name, not in its value
 * @param start in code points, from 0
 * @param end behind the last code point
 */
public record Located(String path, boolean inName, int start, int end, Kind kind, String rule) {}
