@NullMarked
package xyz.graphyn.application.computing;

import org.jspecify.annotations.NullMarked;
