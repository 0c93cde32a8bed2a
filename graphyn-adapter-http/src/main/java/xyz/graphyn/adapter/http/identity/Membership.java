package xyz.graphyn.adapter.http.identity;

import java.util.List;

/**
 * What a token says about the organization in which the user is acting.
 *
 * @param organization the issuer's own id of it
 * @param roles the issuer's names of the user's roles there, possibly none
 */
record Membership(String organization, List<String> roles) {}
