/** Use cases as they must not be: {@code DisclosureRulesFailTest} shows that the rules see it. */
@NullMarked
package xyz.graphyn.application.leaky;

import org.jspecify.annotations.NullMarked;
