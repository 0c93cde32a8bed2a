/** An endpoint as it must not be: {@code DisclosureRulesFailTest} shows that the rules see it. */
@NullMarked
package xyz.graphyn.adapter.http.leaky;

import org.jspecify.annotations.NullMarked;
