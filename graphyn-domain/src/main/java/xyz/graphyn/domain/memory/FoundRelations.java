package xyz.graphyn.domain.memory;

import java.util.List;
import java.util.Locale;
import xyz.graphyn.domain.json.Json;

/** The relations that memory finds by itself, and what their edges say. */
public final class FoundRelations {
    /** From a node of a session to the one after it, by time and then by id. */
    public static final String NEXT = "next";

    /** From a newer node to an older one that means the like; {@code score} is their cosine. */
    public static final String SIMILAR = "similar";

    /** From a node to the latest before it that names the same; {@code names} are what both name. */
    public static final String MENTIONS = "mentions";

    /** In {@link #SIMILAR}, where the older one says the same in nearly the same words. */
    public static final String SAME = "same";

    private FoundRelations() {}

    /** @param same whether the newer one holds in the older one's place */
    public static Json similar(double score, boolean same) {
        return new Json(String.format(Locale.ROOT, "{\"score\":%.3f%s}", score, same ? ",\"" + SAME + "\":true" : ""));
    }

    /** @param names of {@link MentionedNames}, in which nothing needs to be escaped */
    public static Json mentions(List<String> names) {
        if (names.stream().anyMatch(name -> name.chars().anyMatch(c -> c == '"' || c == '\\' || c < ' '))) {
            throw new IllegalArgumentException("no name is written so");
        }
        return new Json("{\"names\":[\"" + String.join("\",\"", names) + "\"]}");
    }
}
