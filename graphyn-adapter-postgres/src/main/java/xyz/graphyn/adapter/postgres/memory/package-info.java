/** Reading memory. Each question finds an index that gives its rows in the order of the page. */
@NullMarked
package xyz.graphyn.adapter.postgres.memory;

import org.jspecify.annotations.NullMarked;
