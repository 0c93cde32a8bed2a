package xyz.graphyn.application.masking;

import java.util.function.UnaryOperator;

/**
 * Something as one reader may see it, with its audit entry written: the only form in which rows leave the application. Only
 * this package makes it, so that whoever has one need not ask whether it was masked.
 */
public final class Masked<T> {
    private final T value;
    private final int hidden;

    Masked(T value, int hidden) {
        this.value = value;
        this.hidden = hidden;
    }

    /** The same with something that is no content added, such as an id or a number. */
    public Masked<T> with(UnaryOperator<T> addition) {
        return new Masked<>(addition.apply(value), hidden);
    }

    public T value() {
        return value;
    }

    /** How many findings the reader sees a hint of, or only the kind; 0 if it is as it came. */
    public int hidden() {
        return hidden;
    }
}
