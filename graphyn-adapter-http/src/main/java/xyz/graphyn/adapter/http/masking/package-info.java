/**
 * What is sensitive to an organization and who sees it, over HTTP: the settings, and a preview of what they do.
 */
@NullMarked
package xyz.graphyn.adapter.http.masking;

import org.jspecify.annotations.NullMarked;
