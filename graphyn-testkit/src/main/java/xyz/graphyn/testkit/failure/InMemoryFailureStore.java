package xyz.graphyn.testkit.failure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.failure.FailureNote;
import xyz.graphyn.application.failure.FailureQuery;
import xyz.graphyn.application.failure.FailureQuery.Position;
import xyz.graphyn.application.failure.FailureStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.OrganizationId;

/** Notes in memory. It can be away. */
public final class InMemoryFailureStore implements FailureStore {
    private static final Comparator<FailureNote> NEWEST_FIRST = Comparator.comparing(FailureNote::lastAt)
            .thenComparing(FailureNote::id)
            .reversed();

    private final Map<UUID, FailureNote> notes = new TreeMap<>();
    private Retention retention = Retention.USUAL;
    private boolean away;
    private int refusals;

    /** From now on, this much is kept. */
    public synchronized void retain(Retention next) {
        retention = next;
    }

    /** From now on, nothing is written or read. */
    public synchronized void leave() {
        away = true;
    }

    /** Refuses so many calls from now on, as if there were something that it can't keep. */
    public synchronized void refuse(int times) {
        refusals = times;
    }

    /** Everything works again. */
    public synchronized void comeBack() {
        away = false;
    }

    /** Everything that is kept, of all organizations, the newest first. */
    public synchronized List<FailureNote> all() {
        return notes.values().stream().sorted(NEWEST_FIRST).toList();
    }

    @Override
    public synchronized void write(List<FailureNote> batch, Instant now) {
        answer();
        if (batch.isEmpty() || batch.size() > MAX_BATCH) {
            throw new IllegalArgumentException(batch.size() + " notes");
        }
        batch.forEach(note -> notes.putIfAbsent(note.id(), note));
        Instant horizon = now.minus(retention.age());
        for (Optional<OrganizationId> organization : new HashSet<>(
                batch.stream().map(InMemoryFailureStore::organization).toList())) {
            prune(organization, horizon);
        }
    }

    private void prune(Optional<OrganizationId> organization, Instant horizon) {
        List<FailureNote> its = all().stream()
                .filter(note -> organization(note).equals(organization))
                .toList();
        Collection<FailureNote> kept = its.stream()
                .limit(retention.newest())
                .filter(note -> !note.lastAt().isBefore(horizon))
                .collect(Collectors.toCollection(HashSet::new));
        its.stream().filter(note -> !kept.contains(note)).forEach(note -> notes.remove(note.id()));
    }

    private static Optional<OrganizationId> organization(FailureNote note) {
        return Optional.ofNullable(note.failure().organization());
    }

    @Override
    public synchronized Page<FailureNote> page(OrganizationId organization, FailureQuery query) {
        answer();
        List<FailureNote> found = new ArrayList<>();
        for (FailureNote note : all()) {
            boolean theirs = organization(note).map(organization::equals).orElse(true);
            if (theirs && matches(note, query)) {
                found.add(note);
            }
        }
        return Page.of(found.subList(0, Math.min(found.size(), query.limit() + 1)), query.limit());
    }

    private static boolean matches(FailureNote note, FailureQuery query) {
        Position position = query.position();
        return (query.kind() == null || query.kind() == note.failure().kind())
                && (query.agent() == null
                        || Objects.equals(query.agent(), note.failure().agent()))
                && (query.from() == null || !note.lastAt().isBefore(query.from()))
                && (query.to() == null || note.lastAt().isBefore(query.to()))
                && (position == null || isBehind(note, position));
    }

    private static boolean isBehind(FailureNote note, Position position) {
        int byTime = note.lastAt().compareTo(position.lastAt());
        return byTime < 0 || (byTime == 0 && note.id().compareTo(position.id()) < 0);
    }

    private void answer() {
        if (away) {
            throw new Refusal.Unavailable("The store is away.", Duration.ofSeconds(1));
        }
        if (refusals > 0) {
            refusals--;
            throw new IllegalArgumentException("The store can't keep this.");
        }
    }
}
