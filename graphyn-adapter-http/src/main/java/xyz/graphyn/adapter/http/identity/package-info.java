/**
 * Who is calling, by their token and nothing else. A token is verified in memory, against keys that were fetched before
 * anyone asked; no request waits for the identity provider, save the first ones with a key id that nobody knows yet.
 *
 * <p>Which claims are read, all others being ignored:
 *
 * <table>
 *   <caption>Claims by token format</caption>
 *   <tr><th>what</th><th>Clerk, version 1</th><th>Clerk, version 2</th><th>OpenID Connect</th></tr>
 *   <tr><td>which version</td><td>no {@code v}, or 1</td><td>{@code v} is 2</td><td>–</td></tr>
 *   <tr><td>header</td><td colspan="2">{@code alg}, {@code kid}, {@code typ} absent or JWT, {@code cat} absent or a
 *       session's, no {@code crit}</td><td>{@code alg}, {@code kid}, {@code typ} absent, JWT or at+jwt, no
 *       {@code crit}</td></tr>
 *   <tr><td>times</td><td colspan="2">{@code exp}, {@code iat}, {@code nbf}, all required</td><td>{@code exp},
 *       {@code iat} required, {@code nbf} where present</td></tr>
 *   <tr><td>issuer, user</td><td colspan="3">{@code iss}, {@code sub}</td></tr>
 *   <tr><td>made for</td><td colspan="2">{@code azp} where authorized parties are configured, {@code aud} where
 *       audiences are</td><td>the same, {@code client_id} standing in for a missing {@code azp}</td></tr>
 *   <tr><td>organization</td><td>{@code org_id}</td><td>{@code o.id}</td><td>the configured claim</td></tr>
 *   <tr><td>role</td><td>{@code org_role}</td><td>{@code o.rol}</td><td>the configured claim, one or many</td></tr>
 *   <tr><td>state</td><td colspan="2">{@code sts} absent or active</td><td>{@code typ} absent or Bearer</td></tr>
 *   <tr><td>impersonator</td><td colspan="3">{@code act.sub}</td></tr>
 * </table>
 *
 * <p>Clerk's permissions ({@code org_permissions}, {@code o.per}, {@code o.fpm}), features and plans are not read:
 * Graphyn decides by role and by its own grants.
 */
@NullMarked
package xyz.graphyn.adapter.http.identity;

import org.jspecify.annotations.NullMarked;
