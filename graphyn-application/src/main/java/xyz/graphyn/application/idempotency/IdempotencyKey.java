package xyz.graphyn.application.idempotency;

import xyz.graphyn.application.access.Caller;
import xyz.graphyn.domain.access.OrganizationId;

/**
 * The name that a client gave to a request. Each user has their own names.
 *
 * @param value 1 to {@value #MAX_LENGTH} visible ASCII characters; who takes it in has checked that
 */
public record IdempotencyKey(OrganizationId organization, String subject, String value) {
    public static final int MAX_LENGTH = 255;

    public static IdempotencyKey of(Caller caller, String value) {
        return new IdempotencyKey(caller.organization(), caller.principal().subject(), value);
    }
}
