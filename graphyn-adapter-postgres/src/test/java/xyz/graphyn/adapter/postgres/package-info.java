@NullMarked
package xyz.graphyn.adapter.postgres;

import org.jspecify.annotations.NullMarked;
