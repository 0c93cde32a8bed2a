@NullMarked
package xyz.graphyn.adapter.recall.ranking;

import org.jspecify.annotations.NullMarked;
