/**
 * Words of texts as they are compared: cut by Unicode's rules, in lower case, without accents and without English endings, and
 * without the words that every text has. Texts of other languages keep their words as they are.
 */
@NullMarked
package xyz.graphyn.adapter.recall.text;

import org.jspecify.annotations.NullMarked;
