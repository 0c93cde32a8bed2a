/** The product as its users meet it: the packaged server in a process of its own, through a real socket. */
@NullMarked
package xyz.graphyn.endtoend;

import org.jspecify.annotations.NullMarked;
