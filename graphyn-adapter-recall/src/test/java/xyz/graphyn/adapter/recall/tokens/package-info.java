@NullMarked
package xyz.graphyn.adapter.recall.tokens;

import org.jspecify.annotations.NullMarked;
