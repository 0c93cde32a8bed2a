package xyz.graphyn.adapter.recall.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The order in which the nodes of each session were said. Adding at a session's end costs nothing, elsewhere what follows moves. */
final class Sessions {
    /** Compares two places by the time of their nodes. */
    interface ByTime {
        boolean before(int place, int other);
    }

    private final ByTime order;
    private final List<Run> runs = new ArrayList<>();

    private static final class Run {
        int[] places = new int[4];
        int size;
    }

    Sessions(ByTime order) {
        this.order = order;
    }

    /** @param positions where each place stands in its session; those that move are set */
    void add(int session, int place, int[] positions) {
        while (runs.size() <= session) {
            runs.add(new Run());
        }
        Run run = runs.get(session);
        int at = run.size;
        if (at > 0 && order.before(place, run.places[at - 1])) {
            at = search(run, place);
        }
        if (run.size == run.places.length) {
            run.places = Arrays.copyOf(run.places, 2 * run.size);
        }
        System.arraycopy(run.places, at, run.places, at + 1, run.size - at);
        run.places[at] = place;
        run.size++;
        number(run, at, positions);
    }

    void remove(int session, int place, int[] positions) {
        Run run = runs.get(session);
        int at = positions[place];
        System.arraycopy(run.places, at + 1, run.places, at, run.size - at - 1);
        run.size--;
        number(run, at, positions);
    }

    private static void number(Run run, int from, int[] positions) {
        for (int i = from; i < run.size; i++) {
            positions[run.places[i]] = i;
        }
    }

    private int search(Run run, int place) {
        int low = 0;
        int high = run.size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (order.before(place, run.places[middle])) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The place that stands there in the session, or {@link Names#NONE}. */
    int at(int session, int position) {
        Run run = runs.get(session);
        return position < 0 || position >= run.size ? Names.NONE : run.places[position];
    }

    int size(int session) {
        return runs.get(session).size;
    }

    int count() {
        return runs.size();
    }
}
