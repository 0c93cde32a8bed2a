/** Reading recorded events. Each question finds an index that gives its rows in the order of the page. */
@NullMarked
package xyz.graphyn.adapter.postgres.event;

import org.jspecify.annotations.NullMarked;
