package xyz.graphyn.adapter.http;

import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.access.Principal;

/** Finds out who holds a bearer token. Called by many threads at once. */
@FunctionalInterface
public interface Authentication {
    /**
     * @param token what stood behind {@code Bearer}, see {@link xyz.graphyn.adapter.http.identity.BearerToken}
     * @throws Refusal.NotAuthenticated if the token is not good
     * @throws Refusal.Unavailable if that can't be told at the moment
     */
    Principal authenticate(String token);
}
