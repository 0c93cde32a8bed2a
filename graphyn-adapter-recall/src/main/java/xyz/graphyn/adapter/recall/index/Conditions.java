package xyz.graphyn.adapter.recall.index;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.recall.memory.Memory;
import xyz.graphyn.adapter.recall.memory.Names;
import xyz.graphyn.application.recall.RecallQuery;
import xyz.graphyn.domain.masking.RulesVersion;

/** Which nodes a query is about. */
final class Conditions {
    private final Memory memory;
    private final @Nullable RulesVersion provenBy;
    private final boolean @Nullable [] types;
    private final boolean @Nullable [] sessions;
    private final boolean @Nullable [] without;
    private final long from;
    private final long to;

    Conditions(RecallQuery query, Memory memory) {
        this.memory = memory;
        this.provenBy = query.provenBy();
        this.types = chosen(query.types(), memory.types());
        this.sessions = chosen(query.sessions(), memory.sessionNames());
        this.without = chosen(query.withoutSessions(), memory.sessionNames());
        this.from = micros(query.from(), Long.MIN_VALUE);
        this.to = Math.min(
                micros(query.to(), Long.MAX_VALUE),
                query.asOf() == null ? Long.MAX_VALUE : Memory.micros(query.asOf()) + 1);
    }

    private static boolean @Nullable [] chosen(Set<String> names, Names known) {
        if (names.isEmpty()) {
            return null;
        }
        boolean[] chosen = new boolean[known.size()];
        for (String name : names) {
            int number = known.find(name);
            if (number != Names.NONE) {
                chosen[number] = true;
            }
        }
        return chosen;
    }

    private static long micros(@Nullable Instant time, long otherwise) {
        return time == null ? otherwise : Memory.microsUp(time);
    }

    /** Whether nothing was asked for: then all who may see the same ask about the same. */
    boolean areNone() {
        return types == null && sessions == null && without == null && from == Long.MIN_VALUE && to == Long.MAX_VALUE;
    }

    /** Whether all conditions hold that were asked for; of what the reader may know. */
    boolean hold(int place) {
        return memory.occurredAt(place) >= from
                && memory.occurredAt(place) < to
                && typeHolds(place)
                && sessionHolds(place);
    }

    private boolean typeHolds(int place) {
        return types == null || (types[memory.type(place)] && !isHidden(memory.isTypeFound(place)));
    }

    private boolean sessionHolds(int place) {
        if (sessions == null && without == null) {
            return true;
        }
        int session = memory.session(place);
        if (isHidden(memory.isSessionFound(place))) {
            return false;
        }
        return (sessions == null || (session != Names.NONE && sessions[session]))
                && (without == null || session == Names.NONE || !without[session]);
    }

    /** Whether it is a message, as far as the reader may know. */
    boolean isMessage(int place) {
        return memory.isMessage(place) && !isHidden(memory.isTypeFound(place));
    }

    private boolean isHidden(boolean found) {
        return found && provenBy != null;
    }
}
