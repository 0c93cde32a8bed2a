/**
 * Every error that leaves the server is a problem (RFC 9457), written here and nowhere else. A problem names what was
 * wrong and where; it never repeats a value that was sent, and never shows a class name, a statement or a stack trace.
 */
@NullMarked
package xyz.graphyn.adapter.http.problem;

import org.jspecify.annotations.NullMarked;
