/**
 * What {@code graphyn dev} brings along: a PostgreSQL 18, a Redis 7 and an issuer of tokens, with their data in one
 * folder that outlives the process.
 *
 * <p>One server holds the folder at a time. Both engines listen on loopback only, on ports that are free at the start,
 * and let nobody in without a password; every password is made at the first start and is kept in the folder, which only
 * its owner may read. They run in sessions of their own, so that Ctrl-C reaches the server alone, which stops them when
 * it is done with them. Those that a killed server left behind are stopped by the next one before it starts its own.
 * Data is as durable as in production: {@code fsync} and {@code synchronous_commit} stay on.
 */
@NullMarked
package xyz.graphyn.bootstrap.dev;

import org.jspecify.annotations.NullMarked;
