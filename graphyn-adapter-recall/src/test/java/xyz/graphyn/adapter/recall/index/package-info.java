@NullMarked
package xyz.graphyn.adapter.recall.index;

import org.jspecify.annotations.NullMarked;
