/**
 * What is sensitive in a text, and what is shown of it to whom. A text is searched once, on its way in, and what was found is
 * kept with it; each reader then gets the text with as much of each finding as their level allows. Everything here is a
 * function of its arguments and takes time linear in the length of the text.
 */
@NullMarked
package xyz.graphyn.domain.masking;

import org.jspecify.annotations.NullMarked;
