package xyz.graphyn.adapter.recall.ranking;

import java.util.Arrays;
import xyz.graphyn.adapter.recall.memory.Memory;
import xyz.graphyn.adapter.recall.memory.Names;

/**
 * What may be found, session after session, in the order in which it was said. What stands near a node in its session stands as
 * near here; between two sessions, and at both ends, there is nothing.
 *
 * @param places in that order; {@link Names#NONE} where nothing stands, or nothing that may be found
 * @param at where each place stands, of those that may be found; anything for the others
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and read in the innermost loops.
record InOrder(int[] places, int[] at) {
    /** Who looks no further from a node than this stays within its session and within bounds. */
    static final int REACH = 4;

    static InOrder of(Audience audience) {
        return audience.derived("in order", InOrder::make);
    }

    private static InOrder make(Audience audience) {
        Memory memory = audience.memory();
        int alone = 0;
        for (int place = 0; place < memory.size(); place++) {
            alone += isAlone(audience, place) ? 1 : 0;
        }
        int length = REACH + alone * (REACH + 1);
        for (int session = 0; session < memory.sessions(); session++) {
            length += memory.sizeOf(session) + REACH;
        }
        int[] places = new int[length];
        Arrays.fill(places, Names.NONE);
        int[] at = new int[memory.size()];
        int next = REACH;
        for (int session = 0; session < memory.sessions(); session++) {
            int[] said = memory.inOrder(session);
            for (int i = 0; i < memory.sizeOf(session); i++, next++) {
                if (audience.isVisible(said[i])) {
                    places[next] = said[i];
                    at[said[i]] = next;
                }
            }
            next += REACH;
        }
        for (int place = 0; alone > 0 && place < memory.size(); place++) {
            if (isAlone(audience, place)) {
                places[next] = place;
                at[place] = next;
                next += REACH + 1;
            }
        }
        return new InOrder(places, at);
    }

    private static boolean isAlone(Audience audience, int place) {
        return audience.isVisible(place) && audience.memory().session(place) == Names.NONE;
    }
}
