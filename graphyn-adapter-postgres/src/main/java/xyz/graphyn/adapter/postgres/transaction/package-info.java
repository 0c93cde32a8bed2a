/**
 * The way to the tables, through which no statement gets without saying whose rows it may see. Joins the stores of one
 * thread in a unit of work, and turns what PostgreSQL refuses into what the ports promise.
 */
@NullMarked
package xyz.graphyn.adapter.postgres.transaction;

import org.jspecify.annotations.NullMarked;
