/** What is sensitive in a row, beside the row; what organizations decided about it; and which rows are to be searched again. */
@NullMarked
package xyz.graphyn.adapter.postgres.masking;

import org.jspecify.annotations.NullMarked;
