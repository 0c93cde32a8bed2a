/**
 * Who is calling and what they may do. An answer given here depends only on its arguments: roles come with the
 * {@link xyz.graphyn.domain.access.Principal}, and nothing in this package remembers anything.
 */
@NullMarked
package xyz.graphyn.domain.access;

import org.jspecify.annotations.NullMarked;
