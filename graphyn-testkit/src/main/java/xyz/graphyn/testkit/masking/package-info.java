/** Recognizers for tests that need something to be found, and don't care by what. */
@NullMarked
package xyz.graphyn.testkit.masking;

import org.jspecify.annotations.NullMarked;
