/**
 * Brings a file of events into an agent, as a client of the public API: in the file's order, in batches, each of which is
 * recorded whole or not at all. It can be stopped and run again at any point: events that carry an {@code externalId} are
 * recorded once, however often they are sent.
 */
@NullMarked
package xyz.graphyn.bootstrap.importer;

import org.jspecify.annotations.NullMarked;
