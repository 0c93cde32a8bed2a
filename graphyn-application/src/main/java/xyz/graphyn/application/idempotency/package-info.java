/**
 * Requests that may be sent again without being done again (draft-ietf-httpapi-idempotency-key-header). That it was done is kept
 * in the transaction of the deed, so that a crash between the two can't happen. The repetition is answered with what was made as
 * it is then, and as its reader may see it then.
 */
@NullMarked
package xyz.graphyn.application.idempotency;

import org.jspecify.annotations.NullMarked;
