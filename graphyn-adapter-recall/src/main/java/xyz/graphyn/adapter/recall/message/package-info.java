/** Messages as agents' frameworks send them, in the form of OpenAI's chat completions, read with Jackson. */
@NullMarked
package xyz.graphyn.adapter.recall.message;

import org.jspecify.annotations.NullMarked;
