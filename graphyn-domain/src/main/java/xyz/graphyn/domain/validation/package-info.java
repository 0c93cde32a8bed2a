/**
 * What is wrong with a value, all of it at once and each mistake at its place, so that a caller can mend a request in
 * one go.
 */
@NullMarked
package xyz.graphyn.domain.validation;

import org.jspecify.annotations.NullMarked;
