package xyz.graphyn.domain.memory;

import java.time.Instant;
import xyz.graphyn.domain.event.EventId;

/**
 * An event that memory could not take in, and went past.
 *
 * @param seq the event's
 * @param error why, in words for whoever sent it; it repeats nothing of the payload
 * @param attempts how often it was tried, from 1
 * @param at when it was tried last, in microseconds
 */
public record SetAside(EventId event, long seq, String error, int attempts, Instant at) {}
