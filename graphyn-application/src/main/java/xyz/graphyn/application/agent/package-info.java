/**
 * Agents: creating, finding, changing and removing them, and the gate that every feature of an agent lies behind.
 */
@NullMarked
package xyz.graphyn.application.agent;

import org.jspecify.annotations.NullMarked;
