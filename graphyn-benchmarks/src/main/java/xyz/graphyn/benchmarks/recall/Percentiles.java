package xyz.graphyn.benchmarks.recall;

import java.util.List;
import java.util.Locale;

/** How long things took. */
final class Percentiles {
    private Percentiles() {}

    static String of(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return String.format(
                Locale.ROOT, "p50 %.1f ms, p95 %.1f ms, p99 %.1f ms", at(sorted, 50), at(sorted, 95), at(sorted, 99));
    }

    private static double at(List<Long> sorted, int percent) {
        return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * percent / 100) / 1e6;
    }
}
