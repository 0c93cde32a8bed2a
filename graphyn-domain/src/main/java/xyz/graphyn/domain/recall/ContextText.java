package xyz.graphyn.domain.recall;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.memory.Node;

/**
 * The text of a context: sessions in the order of time, each under the day it took place on (UTC), and in it who said what. A
 * speaker who goes on is not named again, nor is a year. It is the same for the same nodes, however they were ranked, so that a provider's cache of prompts still hits. Days stand for
 * themselves, and sessions are not named, because each of their tokens takes the place of memory.
 */
public final class ContextText {
    private static final Comparator<Node> BY_TIME =
            Comparator.comparing(Node::occurredAt).thenComparing(Node::id);

    private ContextText() {}

    /** A day of a session: what has a line of its own above its entries. */
    record Heading(Optional<String> session, LocalDate day) {
        static Heading of(Node node) {
            return new Heading(
                    Optional.ofNullable(node.sessionId()), LocalDate.ofInstant(node.occurredAt(), ZoneOffset.UTC));
        }

        /** @param yearKnown whether the line above that tells a day is of the same year, which then is not said again */
        String line(boolean yearKnown) {
            String date = day.getDayOfMonth() + " " + day.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            return (yearKnown ? date : date + " " + day.getYear()) + "\n";
        }
    }

    /** The order in which entries are written: session by session, by the first entry of each, and by time within. */
    static List<ContextEntry> inOrder(List<ContextEntry> entries) {
        Map<Optional<String>, Node> first = new HashMap<>();
        for (ContextEntry entry : entries) {
            first.merge(
                    Optional.ofNullable(entry.node().sessionId()),
                    entry.node(),
                    (one, other) -> BY_TIME.compare(one, other) <= 0 ? one : other);
        }
        List<ContextEntry> ordered = new ArrayList<>(entries);
        ordered.sort(Comparator.comparing(
                        (ContextEntry entry) -> Objects.requireNonNull(
                                first.get(Optional.ofNullable(entry.node().sessionId()))),
                        BY_TIME)
                .thenComparing(ContextEntry::node, BY_TIME));
        return ordered;
    }

    /** @param ordered by {@link #inOrder} */
    static String of(List<ContextEntry> ordered) {
        StringBuilder text = new StringBuilder();
        @Nullable Heading above = null;
        @Nullable String speaker = null;
        for (ContextEntry entry : ordered) {
            Heading heading = Heading.of(entry.node());
            if (!heading.equals(above)) {
                text.append(heading.line(
                        above != null && above.day().getYear() == heading.day().getYear()));
                above = heading;
                speaker = null;
            }
            text.append(entry.speaker().equals(speaker) ? entry.continued() : entry.line());
            speaker = entry.speaker();
        }
        return text.toString();
    }
}
