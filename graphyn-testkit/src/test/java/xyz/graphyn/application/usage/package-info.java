@NullMarked
package xyz.graphyn.application.usage;

import org.jspecify.annotations.NullMarked;
