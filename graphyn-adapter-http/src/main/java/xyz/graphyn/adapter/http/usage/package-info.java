/**
 * The savings meter over HTTP: what providers report goes in as it came, and what memory saves comes out.
 */
@NullMarked
package xyz.graphyn.adapter.http.usage;

import org.jspecify.annotations.NullMarked;
