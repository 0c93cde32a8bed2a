package xyz.graphyn.adapter.recall.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers for texts that many nodes share, such as sessions and speakers. A number is never given to another text. */
public final class Names {
    public static final int NONE = -1;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private long characters;

    int add(@Nullable String name) {
        if (name == null) {
            return NONE;
        }
        Integer number = numbers.putIfAbsent(name, names.size());
        if (number != null) {
            return number;
        }
        names.add(name);
        characters += name.length();
        return names.size() - 1;
    }

    public int size() {
        return names.size();
    }

    public String name(int number) {
        return names.get(number);
    }

    /** {@link #NONE} if it is not known. */
    public int find(String name) {
        return numbers.getOrDefault(name, NONE);
    }

    long bytes() {
        return 2 * characters + 150L * names.size();
    }
}
