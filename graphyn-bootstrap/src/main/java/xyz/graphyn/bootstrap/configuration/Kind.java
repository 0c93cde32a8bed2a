package xyz.graphyn.bootstrap.configuration;

import java.util.function.Function;

/**
 * What the values of a setting look like.
 *
 * @param form the bounds, for people: {@code a whole number from 0 to 65535}
 * @param parser from text to value
 * @param shown how a value that is no secret is printed
 */
record Kind<T>(String form, Parser<T> parser, Function<T, String> shown) {
    Kind(String form, Parser<T> parser) {
        this(form, parser, String::valueOf);
    }

    /** Reads a value, or says why it can't. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(String text) throws Unfit;
    }

    /** A text that is no value of the setting. The message goes on from the setting's name and holds no secret. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;

        Unfit(String message) {
            super(message);
        }
    }
}
