package xyz.graphyn.domain.masking;

import java.util.List;
import xyz.graphyn.domain.masking.DetectionRules.SensitiveField;

/**
 * The members that an organization calls sensitive, ready to be followed while a document is walked. For each path it is known
 * at any time which of its names may come next, as bits, so a step takes time linear in the number of names of all paths.
 */
final class FieldPaths {
    static final int MAX_NAMES = 50;

    private final List<Kind> kinds;
    private final List<String[]> paths;

    FieldPaths(List<SensitiveField> fields) {
        kinds = fields.stream().map(SensitiveField::kind).toList();
        paths = fields.stream().map(field -> field.path().split("\\.", -1)).toList();
    }

    boolean isEmpty() {
        return paths.isEmpty();
    }

    /** Whether this is a path: names, none empty, not too many. */
    static boolean isPath(String path) {
        String[] names = path.split("\\.", -1);
        for (String name : names) {
            if (name.isEmpty()) {
                return false;
            }
        }
        return names.length <= MAX_NAMES && path.length() <= SensitiveField.MAX_PATH;
    }

    /** Where all paths stand outside of the document. */
    long[] start() {
        long[] states = new long[paths.size()];
        for (int i = 0; i < states.length; i++) {
            states[i] = skipped(paths.get(i), 1L);
        }
        return states;
    }

    /** Where they stand behind a member, or behind a place in an array, whose name is {@code *}. */
    long[] step(long[] states, String name) {
        long[] next = new long[states.length];
        for (int i = 0; i < states.length; i++) {
            String[] path = paths.get(i);
            long from = states[i];
            long to = 0;
            while (from != 0) {
                int at = Long.numberOfTrailingZeros(from);
                from &= from - 1;
                if (at < path.length) {
                    if (path[at].equals("**")) {
                        to |= 1L << at;
                    } else if (path[at].equals("*") || path[at].equals(name)) {
                        to |= 1L << (at + 1);
                    }
                }
            }
            next[i] = skipped(path, to);
        }
        return next;
    }

    /** What the member is that was stepped to; null if no path ends there. */
    @org.jspecify.annotations.Nullable Kind reached(long[] states) {
        for (int i = 0; i < states.length; i++) {
            if ((states[i] >> paths.get(i).length & 1) != 0) {
                return kinds.get(i);
            }
        }
        return null;
    }

    /** {@code **} may stand for nothing. */
    private static long skipped(String[] path, long states) {
        for (int i = 0; i < path.length; i++) {
            if ((states >> i & 1) != 0 && path[i].equals("**")) {
                states |= 1L << (i + 1);
            }
        }
        return states;
    }
}
