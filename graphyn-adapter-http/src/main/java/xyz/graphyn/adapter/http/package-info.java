/**
 * The REST API. Bootstrap makes one {@link xyz.graphyn.adapter.http.HttpServer}; all else here is its own business.
 *
 * <p>Promises: nothing of a request is believed before it was checked, and nothing of a body read before its sender is
 * known; everything has a bound (bytes, members, time, connections); every error is a problem (RFC 9457) under the id by
 * which the log knows the request; no answer and no log line holds a token, a statement or a class name.
 */
@NullMarked
package xyz.graphyn.adapter.http;

import org.jspecify.annotations.NullMarked;
