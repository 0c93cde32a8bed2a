/**
 * The recognizers that come with Graphyn. Everything here takes time linear in the length of a text, whatever it holds: a first
 * pass sees which sorts of characters there are, and only rules that could find something look again, at places that stand out,
 * each of them a bounded way to both sides. Patterns that people bring are run by re2j, which never goes back.
 */
@NullMarked
package xyz.graphyn.adapter.detection;

import org.jspecify.annotations.NullMarked;
