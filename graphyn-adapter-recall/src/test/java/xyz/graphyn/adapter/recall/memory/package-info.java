@NullMarked
package xyz.graphyn.adapter.recall.memory;

import org.jspecify.annotations.NullMarked;
