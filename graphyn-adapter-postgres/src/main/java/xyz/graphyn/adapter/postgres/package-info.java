/**
 * Every store, on PostgreSQL 15 or later. {@link xyz.graphyn.adapter.postgres.PostgresMigrations} makes the schema, as the
 * role that owns it; {@link xyz.graphyn.adapter.postgres.PostgresStorage} gives the ports, as the role that owns nothing.
 * Nothing in the packages below is for anybody else: their classes are public only so that the storage may make them.
 */
@NullMarked
package xyz.graphyn.adapter.postgres;

import org.jspecify.annotations.NullMarked;
