/**
 * From a verified session to a {@link xyz.graphyn.domain.access.Principal}, and the refusals that every use case may
 * answer with.
 */
@NullMarked
package xyz.graphyn.application.access;

import org.jspecify.annotations.NullMarked;
