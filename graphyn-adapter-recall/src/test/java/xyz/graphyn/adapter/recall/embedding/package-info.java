@NullMarked
package xyz.graphyn.adapter.recall.embedding;

import org.jspecify.annotations.NullMarked;
