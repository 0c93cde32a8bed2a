/** What tests of the streams' clients need of the application. */
@NullMarked
package xyz.graphyn.application.stream;

import org.jspecify.annotations.NullMarked;
