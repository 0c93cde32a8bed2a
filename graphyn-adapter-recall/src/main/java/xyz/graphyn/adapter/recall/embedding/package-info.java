/**
 * Models of meaning: one that runs here, on the processor, or one behind an endpoint as OpenAI has it. Neither reads anything
 * that it is not given, and the local one reaches no network: its files come with the build.
 */
@NullMarked
package xyz.graphyn.adapter.recall.embedding;

import org.jspecify.annotations.NullMarked;
