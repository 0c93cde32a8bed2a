package xyz.graphyn.adapter.detection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Marks by which a secret tells which service gave it out. */
final class SecretPrefixes {
    /** A secret that goes on for longer is hidden up to here, and then looked at anew. */
    private static final int MAX_LENGTH = 8_192;

    /** @param alphabet of what follows the prefix, for characters of ASCII */
    private record Prefix(String rule, String prefix, BitSet alphabet, int min, int max) {}

    /** A secret that was found: where it ends, and its rule. */
    record Match(int end, String rule) {
        /** Whether it may go on. */
        boolean isCut(int start) {
            return end - start >= MAX_LENGTH;
        }
    }

    /** By the first two characters. */
    private final Prefix[][] byStart = new Prefix[128 * 128][];

    private SecretPrefixes(List<Prefix> prefixes) {
        Arrays.fill(byStart, new Prefix[0]);
        Map<Integer, List<Prefix>> groups =
                prefixes.stream().collect(Collectors.groupingBy(prefix -> start(prefix.prefix, 0)));
        groups.forEach((start, group) -> byStart[start] = group.stream()
                .sorted(Comparator.comparingInt((Prefix prefix) -> prefix.prefix.length())
                        .reversed())
                .toArray(Prefix[]::new));
    }

    private static int start(String text, int at) {
        return text.charAt(at) << 7 | text.charAt(at + 1);
    }

    static SecretPrefixes load() {
        List<Prefix> prefixes = new ArrayList<>();
        for (String line : lines("secret-prefixes.tsv")) {
            String[] columns = line.split("\\s+", -1);
            String[] length = columns[3].split("-", -1);
            int min = Integer.parseInt(length[0]);
            prefixes.add(new Prefix(
                    "secret-" + columns[0],
                    columns[1],
                    alphabet(columns[2]),
                    min,
                    length.length > 1 ? Integer.parseInt(length[1]) : MAX_LENGTH));
        }
        return new SecretPrefixes(prefixes);
    }

    /** The lines of a table of this module that are neither empty nor comments. */
    static List<String> lines(String name) {
        try (InputStream stream = SecretPrefixes.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A secret that starts here; null if none does. */
    @Nullable Match at(Scan scan, int start) {
        if (start + 1 >= scan.text.length() || scan.text.charAt(start) >= 128 || scan.text.charAt(start + 1) >= 128) {
            return null;
        }
        for (Prefix prefix : byStart[start(scan.text, start)]) {
            if (scan.text.startsWith(prefix.prefix, start)) {
                int from = start + prefix.prefix.length();
                int end = from;
                int most = Math.min(scan.text.length(), from + Math.min(prefix.max + 1, MAX_LENGTH));
                while (end < most && prefix.alphabet.get(scan.text.charAt(end))) {
                    end++;
                }
                scan.worked(end - start);
                if (end - from >= prefix.min && end - from <= prefix.max) {
                    return new Match(trimmed(scan.text, from + prefix.min, end), prefix.rule);
                }
            }
        }
        return null;
    }

    /** Without the full stop of the sentence. */
    private static int trimmed(String text, int min, int end) {
        int last = end;
        while (last > min && text.charAt(last - 1) == '.') {
            last--;
        }
        return last;
    }

    private static BitSet alphabet(String name) {
        BitSet alphabet = new BitSet(128);
        for (char c = 0; c < 128; c++) {
            boolean in = switch (name) {
                case "h" -> Scan.isHex(c);
                case "d" -> Scan.isDigit(c);
                case "a" -> Scan.isAlphanumeric(c);
                case "w" -> Scan.isAlphanumeric(c) || c == '_';
                case "u" -> Scan.isAlphanumeric(c) || c == '_' || c == '-';
                case "p" -> Scan.isAlphanumeric(c) || c == '_' || c == '-' || c == '.';
                case "b" -> Scan.isAlphanumeric(c) || "_-.+/=~^\\%:".indexOf(c) >= 0;
                default -> throw new IllegalStateException("no alphabet is called " + name);
            };
            alphabet.set(c, in);
        }
        return alphabet;
    }
}
