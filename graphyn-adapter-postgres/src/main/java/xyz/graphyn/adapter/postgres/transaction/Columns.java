package xyz.graphyn.adapter.postgres.transaction;

import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Binds rows to a statement column by column, for {@code unnest}: one text of the statement serves any number of rows.
 *
 * <p>The arrays are made here, and not by JDBI, because the driver sends those of a Java type that it knows in their
 * binary form, without quoting each element and having the server unquote it.
 */
public final class Columns<R> {
    private final SqlStatement<?> statement;
    private final Collection<R> rows;

    private Columns(SqlStatement<?> statement, Collection<R> rows) {
        this.statement = statement;
        this.rows = rows;
    }

    public static <R> Columns<R> of(SqlStatement<?> statement, Collection<R> rows) {
        return new Columns<>(statement, rows);
    }

    public Columns<R> texts(String name, Function<R, @Nullable String> value) {
        return bind(name, "text", rows.stream().map(value).toArray(String[]::new));
    }

    public Columns<R> uuids(String name, Function<R, @Nullable UUID> value) {
        return bind(name, "uuid", rows.stream().map(value).toArray(UUID[]::new));
    }

    public Columns<R> numbers(String name, Function<R, @Nullable Long> value) {
        return bind(name, "int8", rows.stream().map(value).toArray(Long[]::new));
    }

    public Columns<R> truths(String name, Predicate<R> value) {
        return bind(name, "bool", rows.stream().map(value::test).toArray(Boolean[]::new));
    }

    public Columns<R> bytes(String name, Function<R, byte @Nullable []> value) {
        return bind(name, "bytea", rows.stream().map(value).toArray(byte[][]::new));
    }

    /** As text, to be cast to {@code timestamptz}: the driver has no array of times that keeps those of before 1582. */
    public Columns<R> times(String name, Function<R, Instant> value) {
        return texts(name, row -> value.apply(row).toString());
    }

    /** A list for each row, as text to be cast to {@code text[]}, since an array of arrays must be even. */
    public Columns<R> lists(String name, Function<R, Collection<String>> value) {
        return texts(name, row -> text(value.apply(row)));
    }

    private Columns<R> bind(String name, String type, Object[] array) {
        statement.bind(
                name,
                (position, prepared, context) ->
                        prepared.setArray(position, prepared.getConnection().createArrayOf(type, array)));
        return this;
    }

    /** As PostgreSQL writes an array of text (PostgreSQL, "Arrays", "Array Input and Output Syntax"). */
    private static String text(Collection<String> elements) {
        return elements.stream()
                .map(element -> "\"" + element.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
