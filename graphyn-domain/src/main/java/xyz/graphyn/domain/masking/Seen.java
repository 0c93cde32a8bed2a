package xyz.graphyn.domain.masking;

import java.util.function.Function;

/**
 * Something as somebody sees it.
 *
 * @param disclosure what of it is sensitive, and how much of that is shown: owed to the audit trail before it is answered
 */
public record Seen<T>(T value, Disclosure disclosure) {
    public <U> Seen<U> map(Function<? super T, ? extends U> change) {
        return new Seen<>(change.apply(value), disclosure);
    }
}
