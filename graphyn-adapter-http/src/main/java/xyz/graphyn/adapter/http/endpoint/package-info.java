/**
 * The one table of endpoints. Each endpoint is declared once, with its permission, its limits, its types and its
 * examples; routing, authentication, the reading of requests, {@code /openapi.json} and the request log all come from
 * that declaration. One without a permission or an example can't be made.
 */
@NullMarked
package xyz.graphyn.adapter.http.endpoint;

import org.jspecify.annotations.NullMarked;
