/**
 * Long lists in pieces, by keyset: a page starts behind the last item of the one before, so that it costs the same
 * however deep it lies, and nothing that is inserted meanwhile makes an item appear twice.
 */
@NullMarked
package xyz.graphyn.application.paging;

import org.jspecify.annotations.NullMarked;
