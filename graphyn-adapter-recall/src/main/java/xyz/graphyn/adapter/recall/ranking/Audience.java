package xyz.graphyn.adapter.recall.ranking;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.recall.memory.Memory;
import xyz.graphyn.adapter.recall.memory.Names;
import xyz.graphyn.adapter.recall.memory.Side;
import xyz.graphyn.domain.masking.RulesVersion;

/**
 * Those who may see the same of a memory, and what can be said of it for all of their questions. It holds as long as the memory
 * stays as it is. Safe for use by many threads.
 */
public final class Audience {
    private final Memory memory;
    private final @Nullable RulesVersion provenBy;
    private final boolean[] visible;
    private final int visibleCount;
    private final Map<String, Object> derived = new ConcurrentHashMap<>();

    /**
     * @param provenBy as in a query: null for those who see everything
     * @param asOf as in a query: null for those who ask for memory as it is
     */
    public Audience(Memory memory, @Nullable RulesVersion provenBy, @Nullable Instant asOf) {
        long time = asOf == null ? 0 : Memory.micros(asOf);
        this.memory = memory;
        this.provenBy = provenBy;
        this.visible = new boolean[memory.size()];
        int count = 0;
        for (int place = 0; place < visible.length; place++) {
            visible[place] =
                    mayKnow(place) && (asOf == null ? !memory.isSuperseded(place) : memory.heldAt(place, time));
            count += visible[place] ? 1 : 0;
        }
        this.visibleCount = count;
    }

    public Memory memory() {
        return memory;
    }

    public @Nullable RulesVersion provenBy() {
        return provenBy;
    }

    Side side() {
        return provenBy == null ? Side.RAW : Side.MASKED;
    }

    /** Whether they may be told anything of it. */
    public boolean mayKnow(int place) {
        return memory.isThere(place) && (provenBy == null || memory.isSearchedBy(place, provenBy));
    }

    /** Whether it may be found. */
    public boolean isVisible(int place) {
        return visible[place];
    }

    /** Which may be found, by place. Not a copy: nobody may change it. */
    public boolean[] visible() {
        return visible;
    }

    int visibleCount() {
        return visibleCount;
    }

    /** Who speaks, by name. */
    People people() {
        return derived("people", People::of);
    }

    /** Which speakers spoke in what may be found, by number: of others, not even the name may be told. */
    boolean[] heard() {
        return derived("heard", all -> {
            boolean[] heard = new boolean[memory.speakers().size()];
            for (int place = 0; place < visible.length; place++) {
                if (visible[place] && memory.speaker(side(), place) != Names.NONE) {
                    heard[memory.speaker(side(), place)] = true;
                }
            }
            return heard;
        });
    }

    /**
     * What is the same for all questions, computed once.
     *
     * @param key of this thing alone; the same key always comes with the same type
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // A key has one type.
    public <T> T derived(String key, Function<Audience, T> make) {
        Object known = derived.get(key);
        if (known == null) {
            // Not within the map: what is made may ask for something else that is derived. Made twice, it is the same.
            known = make.apply(this);
            derived.put(key, known);
        }
        return (T) known;
    }
}
