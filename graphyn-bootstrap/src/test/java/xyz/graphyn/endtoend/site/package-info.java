/** A whole installation of the packaged product: databases, and any number of servers, to be tormented. */
@NullMarked
package xyz.graphyn.endtoend.site;

import org.jspecify.annotations.NullMarked;
