package xyz.graphyn.adapter.recall.ranking;

import java.util.Arrays;
import xyz.graphyn.adapter.recall.memory.Memory;

/** Finds where words stand, among the nodes that may be found. */
final class TermFinder {
    private final Audience audience;
    private final Memory memory;
    private final int[] countAt;

    private int[] units = new int[64];
    private int[] unitCounts = new int[64];
    private int size;

    TermFinder(Audience audience) {
        this.audience = audience;
        this.memory = audience.memory();
        this.countAt = new int[memory.size()];
    }

    Term find(String stem) {
        size = 0;
        memory.visit(stem, audience.side(), this::note);
        int[] places = new int[size];
        int found = 0;
        for (int i = 0; i < size; i++) {
            int place = memory.units().place(units[i]);
            if (countAt[place] == 0) {
                places[found++] = place;
            }
            countAt[place] += unitCounts[i];
        }
        places = Arrays.copyOf(places, found);
        int[] counts = new int[found];
        for (int i = 0; i < found; i++) {
            counts[i] = countAt[places[i]];
            countAt[places[i]] = 0;
        }
        return new Term(stem, rarity(found), places, counts, Arrays.copyOf(units, size));
    }

    private void note(int unit, int count) {
        if (!audience.isVisible(memory.units().place(unit))) {
            return;
        }
        if (size == units.length) {
            units = Arrays.copyOf(units, 2 * size);
            unitCounts = Arrays.copyOf(unitCounts, 2 * size);
        }
        units[size] = unit;
        unitCounts[size++] = count;
    }

    /** As Lucene has it: never below 0. */
    private float rarity(int found) {
        return (float) Math.log1p((audience.visibleCount() - found + 0.5) / (found + 0.5));
    }
}
