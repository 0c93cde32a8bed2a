@NullMarked
package xyz.graphyn.adapter.recall;

import org.jspecify.annotations.NullMarked;
