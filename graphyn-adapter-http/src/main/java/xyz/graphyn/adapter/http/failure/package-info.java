/**
 * What went wrong in delivery, over HTTP: where an admin looks into it afterwards.
 */
@NullMarked
package xyz.graphyn.adapter.http.failure;

import org.jspecify.annotations.NullMarked;
