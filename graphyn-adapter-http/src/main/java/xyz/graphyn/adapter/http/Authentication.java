package xyz.graphyn.adapter.http;

import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.access.Principal;

/** Finds out who holds a bearer token. Called by many threads at once. */
@FunctionalInterface
public interface Authentication {
    /**
     * @param token what stood behind {@code Bearer}: at least one visible ASCII character, at most as many as headers may
     *     have
     * @throws Refusal.NotAuthenticated if the token is not good
     * @throws Refusal.Unavailable if that can't be told at the moment
     */
    Principal authenticate(String token);
}
