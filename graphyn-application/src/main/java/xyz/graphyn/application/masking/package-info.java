/**
 * Finding what is sensitive on the way in, and showing each reader no more of it than their level allows, with an audit entry
 * that is durable before they see it.
 */
@NullMarked
package xyz.graphyn.application.masking;

import org.jspecify.annotations.NullMarked;
