/**
 * Requests that may be sent again without being done again (draft-ietf-httpapi-idempotency-key-header). The answer is kept
 * in the transaction of the deed, so that a crash between the two can't happen.
 */
@NullMarked
package xyz.graphyn.application.idempotency;

import org.jspecify.annotations.NullMarked;
