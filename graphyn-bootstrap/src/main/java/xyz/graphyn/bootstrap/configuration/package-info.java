/**
 * The configuration: environment variables and a {@code .env} file, read once into records. Every setting is declared
 * in one table, {@link xyz.graphyn.bootstrap.configuration.Settings}; reading, {@code graphyn config} and the
 * documentation come from it. All mistakes are reported together, and no secret is ever part of a message.
 */
@NullMarked
package xyz.graphyn.bootstrap.configuration;

import org.jspecify.annotations.NullMarked;
