/**
 * Which pages of which sites may use the API from a browser (the Fetch standard's CORS protocol, and RFC 6455, section 10.2).
 * A page is known by its origin, and an origin is either in the list or it is not: there are no patterns and no wildcard.
 */
@NullMarked
package xyz.graphyn.adapter.http.origin;

import org.jspecify.annotations.NullMarked;
