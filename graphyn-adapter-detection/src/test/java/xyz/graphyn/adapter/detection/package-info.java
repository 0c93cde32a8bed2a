/** Tests of the recognizers, and their score on labelled data. */
@NullMarked
package xyz.graphyn.adapter.detection;

import org.jspecify.annotations.NullMarked;
