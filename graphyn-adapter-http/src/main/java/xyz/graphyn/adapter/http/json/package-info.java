/**
 * JSON in and out (RFC 8259), strictly: what one parser might read otherwise than another is refused at the door, and
 * every mistake is named by its place. Objects that belong to the client (payloads, properties, metadata) are kept and
 * given back exactly as they were written.
 */
@NullMarked
package xyz.graphyn.adapter.http.json;

import org.jspecify.annotations.NullMarked;
