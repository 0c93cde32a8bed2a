/**
 * JSON as the domain sees it: text that somebody else has parsed. The domain never looks inside, so it needs no parser.
 */
@NullMarked
package xyz.graphyn.domain.json;

import org.jspecify.annotations.NullMarked;
