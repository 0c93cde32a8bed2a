/**
 * Gathering what comes while the one before is being committed, so that many who write at once share a commit and nobody
 * waits when nothing is under way.
 */
@NullMarked
package xyz.graphyn.adapter.postgres.gathering;

import org.jspecify.annotations.NullMarked;
