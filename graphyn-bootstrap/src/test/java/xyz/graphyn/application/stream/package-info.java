@NullMarked
package xyz.graphyn.application.stream;

import org.jspecify.annotations.NullMarked;
