/**
 * What tokens cost, and what memory saves of them.
 */
@NullMarked
package xyz.graphyn.application.usage;

import org.jspecify.annotations.NullMarked;
