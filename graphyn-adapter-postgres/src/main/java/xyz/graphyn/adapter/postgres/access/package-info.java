/** Which organization of ours stands for which of an issuer's, from the database and from memory. */
@NullMarked
package xyz.graphyn.adapter.postgres.access;

import org.jspecify.annotations.NullMarked;
