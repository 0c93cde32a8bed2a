package xyz.graphyn.domain.usage;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of models, by how their names begin: the longest beginning that is in the table counts. */
public final class ModelTable {
    /** One of which nothing is known. */
    public static final ModelTable EMPTY = new ModelTable(Map.of());

    private final Map<String, ModelTerms> byPrefix;

    /** @param byPrefix the empty one stands for all other models */
    public ModelTable(Map<String, ModelTerms> byPrefix) {
        this.byPrefix = Map.copyOf(byPrefix);
    }

    /** @param model as its provider names it, at most some hundred characters; null for one that nobody named */
    public ModelTerms of(@Nullable String model) {
        String name = model == null ? "" : model;
        for (int length = name.length(); length >= 0; length--) {
            ModelTerms terms = byPrefix.get(name.substring(0, length));
            if (terms != null) {
                return terms;
            }
        }
        return ModelTerms.UNKNOWN;
    }

    /** How many beginnings are in it. */
    public int size() {
        return byPrefix.size();
    }
}
