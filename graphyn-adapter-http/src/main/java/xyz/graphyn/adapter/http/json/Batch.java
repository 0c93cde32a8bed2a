package xyz.graphyn.adapter.http.json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import xyz.graphyn.domain.validation.Checks;
import xyz.graphyn.domain.validation.Invalid;

/** Many things in one body: all are taken or none, and the mistakes of all are told at once. */
public final class Batch {
    private Batch() {}

    /**
     * @param list the name of the body's member that holds the items
     * @param draft makes of one item what is asked for; throws {@link Invalid} with pointers into the item
     * @return one for each item, in their order
     * @throws Invalid with the mistakes of all items, each with the item's place before it
     */
    public static <T, D> List<D> drafts(String list, List<T> items, Function<T, D> draft) {
        List<D> drafts = new ArrayList<>(items.size());
        Checks checks = new Checks();
        for (int i = 0; i < items.size(); i++) {
            try {
                drafts.add(draft.apply(items.get(i)));
            } catch (Invalid invalid) {
                checks.addAll("/" + list + "/" + i, invalid);
            }
        }
        checks.orThrow();
        return drafts;
    }
}
