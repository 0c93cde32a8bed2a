/**
 * The record of who did or saw what. Entries are written once and never changed; they name things by id and never hold
 * what was in them.
 */
@NullMarked
package xyz.graphyn.domain.audit;

import org.jspecify.annotations.NullMarked;
