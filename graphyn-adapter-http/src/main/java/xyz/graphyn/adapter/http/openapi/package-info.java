/**
 * The reference: {@code /openapi.json}, made from the table of endpoints and from the very records that requests are read
 * into and answers written from, and {@code /docs}, which shows it without a network.
 */
@NullMarked
package xyz.graphyn.adapter.http.openapi;

import org.jspecify.annotations.NullMarked;
