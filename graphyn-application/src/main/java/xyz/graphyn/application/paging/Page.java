package xyz.graphyn.application.paging;

import java.util.List;

/**
 * One piece of a list.
 *
 * @param items in the list's order, at most as many as were asked for
 * @param more whether the list goes on behind the last item
 */
public record Page<T>(List<T> items, boolean more) {
    public static final int MAX_LIMIT = 200;
    public static final int DEFAULT_LIMIT = 50;

    public Page {
        items = List.copyOf(items);
    }

    /** From a read of one item more than {@code limit}, whose presence says that the list goes on. */
    public static <T> Page<T> of(List<T> oneMore, int limit) {
        return new Page<>(oneMore.subList(0, Math.min(limit, oneMore.size())), oneMore.size() > limit);
    }
}
