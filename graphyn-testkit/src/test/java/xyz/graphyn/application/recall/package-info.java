@NullMarked
package xyz.graphyn.application.recall;

import org.jspecify.annotations.NullMarked;
