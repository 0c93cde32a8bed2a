@NullMarked
package xyz.graphyn.adapter.recall.message;

import org.jspecify.annotations.NullMarked;
