package xyz.graphyn.adapter.recall.ranking;

import java.util.List;
import java.util.concurrent.TimeUnit;
import xyz.graphyn.adapter.recall.memory.Memory;

/** How near to a day or month that the question names it was said. Things are told afterwards more than before. */
final class Date implements Signal<Question> {
    private static final float DAYS = 7;
    private static final float BEFORE = 2;
    private static final long MICROS_PER_DAY = TimeUnit.DAYS.toMicros(1);

    /** A memory of more years is asked about with the year, or about its last ones. */
    private static final int MAX_YEARS = 30;

    @Override
    public String name() {
        return "date";
    }

    @Override
    public float[] of(Question question) {
        Memory memory = question.memory();
        List<NamedDate> named = NamedDate.of(question.text());
        if (named.isEmpty()) {
            return NOTHING;
        }
        float[] scores = new float[memory.size()];
        long[] days = new long[memory.size()];
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        for (int place = 0; place < days.length; place++) {
            if (question.isVisible(place)) {
                days[place] = Math.floorDiv(memory.occurredAt(place), MICROS_PER_DAY);
                earliest = Math.min(earliest, days[place]);
                latest = Math.max(latest, days[place]);
            }
        }
        if (earliest > latest) {
            return scores;
        }
        int lastYear = java.time.LocalDate.ofEpochDay(latest).getYear();
        int firstYear = Math.max(
                lastYear - MAX_YEARS, java.time.LocalDate.ofEpochDay(earliest).getYear());
        for (NamedDate date : named) {
            for (int year = date.year() == null ? firstYear : lastYear; year <= lastYear; year++) {
                long[] meant = date.days(year);
                if (meant != null) {
                    raise(question, scores, days, meant);
                }
            }
        }
        return scores;
    }

    private static void raise(Question question, float[] scores, long[] days, long[] meant) {
        for (int place = 0; place < scores.length; place++) {
            if (question.isVisible(place)) {
                float gap = days[place] < meant[0]
                        ? BEFORE * (meant[0] - days[place])
                        : Math.max(0, days[place] - meant[1]);
                if (gap < 10 * DAYS) {
                    scores[place] = Math.max(scores[place], (float) Math.exp(-gap / DAYS));
                }
            }
        }
    }
}
