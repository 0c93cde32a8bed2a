package xyz.graphyn.testkit.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.failure.Failure;
import xyz.graphyn.application.failure.Failure.Kind;
import xyz.graphyn.application.failure.FailureNote;
import xyz.graphyn.application.failure.FailureQuery;
import xyz.graphyn.application.failure.FailureQuery.Position;
import xyz.graphyn.application.failure.FailureStore;
import xyz.graphyn.application.failure.FailureStore.Retention;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.SequentialIds;

/**
 * {@link FailureStore}. Tests have organizations of their own, and name the notes that concern all by a server of their own,
 * so that all of them may run on one store, one after the other.
 */
public interface FailureStoreContract {
    SequentialIds IDS = new SequentialIds();
    Instant NOW = Instant.parse("2026-05-04T10:00:00.123456Z");
    FailureQuery ALL = new FailureQuery(null, null, null, null, null, 200);

    /** The store under test, which keeps this much from now on. */
    FailureStore failures(Retention retention);

    /** The same, as it is. */
    FailureStore failures();

    /** One that exists. */
    OrganizationId newOrganization();

    private static Failure slow(@Nullable OrganizationId organization, @Nullable AgentId agent) {
        return new Failure(Kind.SLOW_CLIENT, organization, agent, null, null, "It was slow.");
    }

    private static FailureNote note(Failure failure, Instant at) {
        return new FailureNote(IDS.next(), failure, at, at, 1, "s1");
    }

    private static FailureNote note(OrganizationId organization, int second) {
        return note(slow(organization, null), NOW.plusSeconds(second));
    }

    private static List<FailureNote> notes(OrganizationId organization, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(second -> note(organization, second))
                .toList();
    }

    private List<FailureNote> seen(OrganizationId organization, FailureQuery query) {
        return failures().page(organization, query).items().stream()
                .filter(note -> note.failure().organization() != null)
                .toList();
    }

    @Test
    default void keepsANoteAsItIs() {
        OrganizationId organization = newOrganization();
        FailureNote full = new FailureNote(
                IDS.next(),
                new Failure(
                        Kind.BACKFILL,
                        organization,
                        new AgentId(IDS.next()),
                        Samples.NASTY_TEXT.replace("\n", ""),
                        Long.MAX_VALUE,
                        "Zoë's hole 🦄 '; DROP TABLE failure; --"),
                NOW,
                NOW.plusMillis(999),
                12_345_678_901L,
                "7f3a9c01");
        FailureNote bare = note(new Failure(Kind.DELIVERY, organization, null, null, null, ""), NOW.minusSeconds(1));
        failures().write(List.of(full, bare), NOW);
        assertEquals(List.of(full, bare), seen(organization, ALL));
    }

    @Test
    default void keepsEveryKind() {
        OrganizationId organization = newOrganization();
        List<FailureNote> one = Arrays.stream(Kind.values())
                .map(kind -> note(new Failure(kind, organization, null, null, null, "x"), NOW))
                .toList();
        failures().write(one, NOW);
        assertEquals(one.reversed(), seen(organization, ALL));
    }

    @Test
    default void passesOverWhatItHasAlready() {
        OrganizationId organization = newOrganization();
        List<FailureNote> batch = notes(organization, 0, 3);
        failures().write(batch, NOW);
        List<FailureNote> more = new ArrayList<>(batch);
        more.add(note(organization, 3));
        failures().write(more, NOW);
        assertEquals(more.reversed(), seen(organization, ALL));
    }

    @Test
    default void showsAnOrganizationItsOwnAndWhatConcernsAll() {
        OrganizationId one = newOrganization();
        OrganizationId other = newOrganization();
        String server = "s" + IDS.next().getMostSignificantBits();
        FailureNote ofOne = note(one, 1);
        FailureNote ofOther = note(other, 2);
        FailureNote ofAll = new FailureNote(
                IDS.next(),
                new Failure(Kind.CHANNEL_LOST, null, null, null, null, "Redis went away."),
                NOW.plusSeconds(3),
                NOW.plusSeconds(3),
                1,
                server);
        failures().write(List.of(ofOne, ofOther, ofAll), NOW);
        for (Map.Entry<OrganizationId, FailureNote> own :
                Map.of(one, ofOne, other, ofOther).entrySet()) {
            List<FailureNote> seen = failures().page(own.getKey(), ALL).items().stream()
                    .filter(note -> note.failure().organization() != null
                            || note.server().equals(server))
                    .toList();
            assertEquals(List.of(ofAll, own.getValue()), seen);
        }
    }

    @Test
    default void pagesThroughBothWithoutGapOrDouble() {
        OrganizationId organization = newOrganization();
        String server = "p" + IDS.next().getMostSignificantBits();
        List<FailureNote> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            // Three of each second, so that pages end between notes of the same time too.
            Instant at = NOW.plusSeconds(i / 3);
            Failure failure = i % 2 == 0
                    ? slow(organization, null)
                    : new Failure(Kind.PUBLISH, null, null, null, null, "Redis was busy.");
            all.add(new FailureNote(IDS.next(), failure, at, at, 1, server));
        }
        failures().write(all, NOW);
        List<FailureNote> seen = new ArrayList<>();
        Position position = null;
        boolean more = true;
        while (more) {
            FailureQuery query = new FailureQuery(null, null, NOW, NOW.plusSeconds(60), position, 7);
            Page<FailureNote> page = failures().page(organization, query);
            page.items().stream().filter(note -> note.server().equals(server)).forEach(seen::add);
            position = Position.of(page.items().getLast());
            more = page.more();
        }
        assertEquals(all.reversed(), seen);
    }

    @Test
    default void filtersByEveryCondition() {
        OrganizationId organization = newOrganization();
        AgentId agent = new AgentId(IDS.next());
        FailureNote slow = note(slow(organization, agent), NOW);
        FailureNote hole =
                note(new Failure(Kind.BACKFILL, organization, agent, null, 7L, "A hole."), NOW.plusSeconds(1));
        FailureNote elsewhere = note(slow(organization, new AgentId(IDS.next())), NOW.plusSeconds(2));
        FailureNote ofAll = note(slow(null, null), NOW.plusSeconds(1));
        failures().write(List.of(slow, hole, elsewhere, ofAll), NOW);
        assertEquals(
                List.of(elsewhere, slow),
                seen(organization, new FailureQuery(Kind.SLOW_CLIENT, null, null, null, null, 200)));
        assertEquals(
                List.of(hole, slow),
                failures()
                        .page(organization, new FailureQuery(null, agent, null, null, null, 50))
                        .items());
        assertEquals(
                List.of(slow), seen(organization, new FailureQuery(Kind.SLOW_CLIENT, agent, null, null, null, 50)));
        assertEquals(
                List.of(hole),
                seen(organization, new FailureQuery(null, null, NOW.plusSeconds(1), NOW.plusSeconds(2), null, 200)));
        assertEquals(List.of(), seen(organization, new FailureQuery(null, agent, NOW.plusSeconds(2), null, null, 50)));
    }

    @Test
    default void showsNothingOfAStrangersAgent() {
        OrganizationId organization = newOrganization();
        AgentId agent = new AgentId(IDS.next());
        failures().write(List.of(note(slow(organization, agent), NOW)), NOW);
        FailureQuery query = new FailureQuery(null, agent, null, null, null, 50);
        assertEquals(List.of(), failures().page(newOrganization(), query).items());
    }

    @Test
    default void keepsTheNewestOfEachOrganization() {
        FailureStore small = failures(new Retention(10, Duration.ofDays(30)));
        OrganizationId organization = newOrganization();
        OrganizationId quiet = newOrganization();
        List<FailureNote> all = notes(organization, 0, 25);
        FailureNote alone = note(quiet, -9);
        small.write(List.of(alone), NOW);
        small.write(all.subList(0, 12), NOW);
        small.write(all.subList(12, 25), NOW);
        assertEquals(all.reversed().subList(0, 10), seen(organization, ALL));
        assertEquals(List.of(alone), seen(quiet, ALL), "a noisy neighbour displaces nobody");
    }

    @Test
    default void keepsNoMoreThanTheSlackBeyondTheNewest() {
        FailureStore small = failures(new Retention(100, Duration.ofDays(30)));
        OrganizationId organization = newOrganization();
        for (int i = 0; i < 130; i++) {
            small.write(notes(organization, i, i + 1), NOW);
            int kept = seen(organization, ALL).size();
            assertTrue(kept <= 105, () -> kept + " are kept");
        }
        assertTrue(seen(organization, ALL).size() >= 100);
    }

    @Test
    default void keepsTheNewestOfThoseThatConcernAll() {
        FailureStore small = failures(new Retention(10, Duration.ofDays(3_650)));
        OrganizationId anybody = newOrganization();
        Instant last = NOW.plus(Duration.ofDays(3_000));
        List<FailureNote> all = IntStream.range(0, 15)
                .mapToObj(i -> note(slow(null, null), last.plusSeconds(i)))
                .toList();
        small.write(all, NOW);
        FailureQuery since = new FailureQuery(null, null, last, null, null, 200);
        assertEquals(all.reversed().subList(0, 10), small.page(anybody, since).items());
    }

    @Test
    default void deletesWhatIsTooOldAsItWrites() {
        FailureStore brief = failures(new Retention(1_000, Duration.ofHours(1)));
        OrganizationId organization = newOrganization();
        FailureNote old = note(organization, 0);
        FailureNote kept = note(organization, 1_800);
        brief.write(List.of(old, kept), NOW);
        assertEquals(List.of(kept, old), seen(organization, ALL));
        FailureNote fresh = note(organization, 3_601);
        brief.write(List.of(fresh), NOW.plusSeconds(3_601));
        assertEquals(List.of(fresh, kept), seen(organization, ALL));
    }

    @Test
    default void takesAFullBatchOfManyOrganizations() {
        List<OrganizationId> organizations =
                IntStream.range(0, 20).mapToObj(i -> newOrganization()).toList();
        List<FailureNote> batch = IntStream.range(0, FailureStore.MAX_BATCH)
                .mapToObj(i -> note(organizations.get(i % organizations.size()), i))
                .toList();
        failures().write(batch, NOW);
        for (OrganizationId organization : organizations) {
            assertEquals(50, seen(organization, ALL).size());
        }
    }

    @Test
    default void takesBatchesFromSeveralServersAtOnce() {
        FailureStore small = failures(new Retention(10, Duration.ofDays(30)));
        List<OrganizationId> organizations = List.of(newOrganization(), newOrganization(), newOrganization());
        Concurrently.run(4, server -> {
            for (int i = 0; i < 20; i++) {
                int second = i;
                List<FailureNote> batch = organizations.stream()
                        .map(organization -> note(organization, second))
                        .toList();
                small.write(server % 2 == 0 ? batch : batch.reversed(), NOW);
            }
            return server;
        });
        for (OrganizationId organization : organizations) {
            assertFalse(seen(organization, ALL).size() < 10);
            assertEquals(NOW.plusSeconds(19), seen(organization, ALL).getFirst().lastAt());
        }
    }
}
