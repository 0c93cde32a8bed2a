package xyz.graphyn.adapter.recall.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.recall.Ranking;
import xyz.graphyn.application.recall.Ranking.Extent;
import xyz.graphyn.application.recall.Ranking.Hit;
import xyz.graphyn.application.recall.RecallIndex;
import xyz.graphyn.application.recall.RecallQuery;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.Supersession;

/** What any index promises. */
interface RecallIndexContract {
    RulesVersion RULES = RulesVersion.of(1, 0);
    Instant START = Instant.parse("2026-03-02T10:00:00Z");
    AgentKey AGENT = new AgentKey(new OrganizationId(new UUID(0, 1)), new AgentId(new UUID(0, 2)));
    AgentKey OTHER = new AgentKey(new OrganizationId(new UUID(0, 9)), new AgentId(new UUID(0, 2)));

    /** Empty before each test. */
    GivenChanges changes();

    RecallIndex index();

    @BeforeEach
    default void bothAgentsAreThere() {
        changes().create(AGENT);
        changes().create(OTHER);
    }

    @Test
    default void findsNothingInAnEmptyMemory() {
        Ranking ranking = index().search(AGENT, query("anything"));

        assertEquals(List.of(), ranking.hits());
        assertEquals(new Extent(0, 0, 0), ranking.extent());
    }

    @Test
    default void knowsNoAgentThatIsGone() {
        AgentKey gone = new AgentKey(AGENT.organization(), new AgentId(new UUID(7, 7)));
        assertThrows(Refusal.NotFound.class, () -> index().search(gone, query("anything")));

        changes().put(AGENT, message(1, "We had pizza."));
        index().search(AGENT, query("pizza"));
        changes().removeAgent(AGENT);
        assertThrows(Refusal.NotFound.class, () -> index().search(AGENT, query("pizza")));
    }

    @Test
    default void putsFirstWhatHoldsTheWords() {
        changes().put(AGENT, fact(1, "The garden needs water twice a week."));
        changes().put(AGENT, fact(2, "The lighthouse was painted red in spring."));
        changes().put(AGENT, fact(3, "Bread is baked on Mondays."));

        Hit first = index().search(AGENT, query("Which colour has the lighthouse?"))
                .hits()
                .getFirst();

        assertEquals(id(2), first.node());
        assertEquals(List.of("lighthous"), first.terms());
        assertTrue(first.signals().values().stream().allMatch(share -> share > 0));
        assertFalse(first.signals().isEmpty());
    }

    @Test
    default void seesEachChangeThatWasThereBefore() {
        changes().put(AGENT, fact(1, "The cat is called Minka."));
        assertEquals(id(1), first("cat"));

        changes().put(AGENT, fact(2, "The dog is called Rex."));
        assertEquals(id(2), first("dog"));

        changes().put(AGENT, fact(1, "The horse is called Minka."));
        assertEquals(List.of(), hit(index().search(AGENT, query("cat")), 1).terms());
        assertEquals(id(1), first("horse"));

        changes().remove(AGENT, id(2));
        assertEquals(List.of(id(1)), nodes(query("dog")));
    }

    @Test
    default void tellsUpToWhichChangeItSaw() {
        changes().put(AGENT, fact(1, "One."));
        changes().put(AGENT, fact(2, "Two."));
        assertEquals(2, index().search(AGENT, query("one")).memoryVersion());
    }

    @Test
    default void leavesOutWhatWasSuperseded() {
        changes().put(AGENT, fact(1, "The office is in Lisbon."));
        changes().put(AGENT, fact(2, "The office is in Porto."));
        changes().put(AGENT, superseded(fact(1, "The office is in Lisbon."), 2));

        assertEquals(List.of(id(2)), nodes(query("office Lisbon")));
    }

    @Test
    default void neverMixesTenants() {
        changes().put(AGENT, fact(1, "The secret recipe has nutmeg."));
        changes().put(OTHER, fact(2, "Nothing to see."));

        assertEquals(
                List.of(id(2)),
                index().search(OTHER, query("recipe nutmeg")).hits().stream()
                        .map(Hit::node)
                        .toList());
    }

    @Test
    default void answersTheSameAgain() {
        for (int i = 1; i <= 60; i++) {
            changes().put(AGENT, message(i, "Turn " + i % 7 + " about tea and " + (i % 3 == 0 ? "coffee" : "milk")));
        }
        assertEquals(index().search(AGENT, query("coffee or tea")), index().search(AGENT, query("coffee or tea")));
    }

    @Test
    default void givesNoMoreThanWanted() {
        for (int i = 1; i <= 10; i++) {
            changes().put(AGENT, fact(i, "Fact " + i + " about rivers."));
        }
        assertEquals(3, index().search(AGENT, query("rivers", 3, null)).hits().size());
    }

    @Test
    default void answersWhateverIsAsked() {
        changes().put(AGENT, message(1, "Wir fahren im Mai ans Meer."));
        changes().put(AGENT, message(2, "Let us meet on Tuesday. 🎉"));

        for (String asked : List.of(
                "who are you",
                "🎉",
                "海に行く",
                "?!",
                "a",
                "\ud83d",
                "x".repeat(10_000),
                "word ".repeat(2_000),
                "12/31/2026 31.31.31 00/00/00",
                "\"quoted\" AND (NOT OR *:* [a TO b] field:\\")) {
            assertEquals(2, index().search(AGENT, query(asked)).hits().size(), asked);
        }
        assertEquals(id(2), first("🎉"));
        assertEquals(id(1), first("Meer Mai"));
    }

    @Test
    default void putsTheNewestFirstWhereNothingElseTells() {
        changes().put(AGENT, fact(1, "Clouds are white."));
        changes().put(AGENT, fact(2, "Grass is green."));
        changes().put(AGENT, fact(3, "Roses are red."));

        assertEquals(List.of(id(3), id(2), id(1)), nodes(query("zzzz")));
    }

    @Test
    default void keepsEachCondition() {
        changes().put(AGENT, in("s1", "message", 1, "Tea in the morning."));
        changes().put(AGENT, in("s2", "message", 2, "Tea in the evening."));
        changes().put(AGENT, in("s2", "fact", 3, "Tea is a plant."));
        changes().put(AGENT, in(null, "fact", 4, "Tea grows in Assam."));

        assertEquals(Set.of(id(3), id(4)), found(where(Set.of("fact"), Set.of(), Set.of(), null, null)));
        assertEquals(Set.of(id(1)), found(where(Set.of(), Set.of("s1"), Set.of(), null, null)));
        assertEquals(Set.of(id(1), id(4)), found(where(Set.of(), Set.of(), Set.of("s2"), null, null)));
        assertEquals(Set.of(), found(where(Set.of("nothing"), Set.of(), Set.of(), null, null)));
        assertEquals(Set.of(), found(where(Set.of(), Set.of("s3"), Set.of(), null, null)));
        assertEquals(Set.of(id(2), id(3)), found(where(Set.of(), Set.of(), Set.of(), at(2), at(4))));
        assertEquals(Set.of(id(3)), found(where(Set.of(), Set.of(), Set.of(), at(2).plusNanos(1), at(3).plusNanos(1))));
    }

    @Test
    default void measuresAllThatTheConditionsLeave() {
        for (int i = 1; i <= 30; i++) {
            changes().put(AGENT, in(i % 2 == 0 ? "even" : "odd", "message", i, "Turn " + i));
        }
        changes().put(AGENT, in("even", "fact", 31, "A fact."));
        changes().put(AGENT, superseded(in("even", "message", 2, "Turn 2"), 4));

        Extent all = index().search(AGENT, query("turn", 1, null)).extent();
        Extent even = index().search(AGENT, where(Set.of(), Set.of("even"), Set.of(), null, null))
                .extent();

        Extent brief = index().search(
                        AGENT, new RecallQuery("turn", Set.of(), Set.of(), Set.of(), null, null, null, 1, 3, null))
                .extent();

        assertEquals(new Extent(31, sum(1, 31, 1), sum(11, 30, 1)), all);
        assertEquals(new Extent(31, sum(1, 31, 1), sum(28, 30, 1)), brief);
        assertEquals(new Extent(16, sum(2, 30, 2) + 31, sum(2, 30, 2)), even);
    }

    @Test
    default void hidesWhatIsHiddenFromWhoMaySeeItMasked() {
        changes().put(AGENT, hiding(1, "Write to zed@quokka.example soon.", "zed@quokka.example"));
        changes().put(AGENT, proven(fact(2, "Nothing of note.")));
        changes().put(AGENT, proven(fact(3, "The weather was fine.")));

        Ranking guessed = index().search(AGENT, query("zed@quokka.example quokka zed", 10, RULES));
        Ranking other = index().search(AGENT, query("xyzzy@plugh.example plugh xyzzy", 10, RULES));

        assertEquals(other, guessed);
        assertEquals(
                id(1),
                index().search(AGENT, query("zed@quokka.example", 10, null))
                        .hits()
                        .getFirst()
                        .node());
    }

    /** Were a hidden word counted, one that is in the question would change what the others are worth. */
    @Test
    default void countsNoHiddenWord() {
        changes().put(AGENT, hiding(1, "The harbour is quiet, quokka.", "quokka"));
        changes().put(AGENT, hiding(2, "The market is loud, wombat.", "wombat"));
        changes().put(AGENT, proven(fact(3, "A quokka was seen at the harbour, and one at the market.")));
        changes().put(AGENT, proven(fact(4, "A wombat was seen at the harbour, and one at the market.")));

        Map<NodeId, Double> quokka = scores(query("quokka harbour market", 10, RULES));
        Map<NodeId, Double> wombat = scores(query("wombat harbour market", 10, RULES));

        assertEquals(quokka.get(id(3)), wombat.get(id(4)));
        assertEquals(quokka.get(id(1)), wombat.get(id(1)));
    }

    @Test
    default void showsMaskedOnlyWhatTheReadersRulesHaveSearched() {
        changes().put(AGENT, fact(1, "Never searched: tea."));
        changes().put(AGENT, searched(fact(2, "Searched by older rules: tea."), RulesVersion.of(1, 7)));
        changes().put(AGENT, proven(fact(3, "Searched by these: tea.")));

        Ranking ranking = index().search(AGENT, query("tea", 10, RULES));

        assertEquals(List.of(id(3)), ranking.hits().stream().map(Hit::node).toList());
        assertEquals(1, ranking.extent().nodes());
        assertEquals(3, index().search(AGENT, query("tea")).hits().size());
    }

    @Test
    default void holdsNoConditionOnWhatIsHidden() {
        Node hidden = in("zed@quokka.example", "message", 1, "Tea?");
        changes()
                .put(
                        AGENT,
                        hidden.searched(new Findings(
                                RULES, Map.of("/sessionId", List.of(new Finding(0, 18, Kind.EMAIL, "test"))))));
        changes().put(AGENT, proven(in("s2", "message", 2, "Tea!")));

        assertEquals(Set.of(), found(proven(where(Set.of(), Set.of("zed@quokka.example"), Set.of(), null, null))));
        assertEquals(Set.of(id(2)), found(proven(where(Set.of(), Set.of(), Set.of("other"), null, null))));
        assertEquals(Set.of(id(1), id(2)), found(proven(where(Set.of(), Set.of(), Set.of(), null, null))));
        assertEquals(Set.of(id(1)), found(where(Set.of(), Set.of("zed@quokka.example"), Set.of(), null, null)));
    }

    @Test
    default void namesThePassagesOfALongContentThatMatter() {
        String filler = "Nothing of interest was said about this and that. ".repeat(60);
        String content = filler + "The lighthouse keeper retired in June. " + filler;
        changes().put(AGENT, fact(1, content));
        changes().put(AGENT, fact(2, "A short one about a lighthouse."));

        Ranking ranking = index().search(AGENT, query("When did the lighthouse keeper retire?"));

        List<xyz.graphyn.domain.memory.Span> passages = hit(ranking, 1).passages();
        assertTrue(content.substring(
                        passages.getFirst().start(), passages.getFirst().end())
                .contains("lighthouse keeper retired"));
        assertTrue(passages.size() <= 3);
        assertEquals(List.of(), hit(ranking, 2).passages());
    }

    @Test
    default void servesManyAtOnceWhileMemoryChanges() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> searches = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                int number = i;
                searches.add(callers.submit(() -> {
                    changes().put(AGENT, fact(number, "Number" + number + " is here."));
                    return index().search(AGENT, query("number" + number, 1, null))
                            .hits()
                            .getFirst()
                            .node()
                            .equals(id(number));
                }));
            }
            for (Future<Boolean> search : searches) {
                assertTrue(search.get());
            }
        }
    }

    private NodeId first(String asked) {
        return index().search(AGENT, query(asked)).hits().getFirst().node();
    }

    private List<NodeId> nodes(RecallQuery query) {
        return index().search(AGENT, query).hits().stream().map(Hit::node).toList();
    }

    private Set<NodeId> found(RecallQuery query) {
        return Set.copyOf(nodes(query));
    }

    private Map<NodeId, Double> scores(RecallQuery query) {
        return index().search(AGENT, query).hits().stream()
                .collect(java.util.stream.Collectors.toMap(Hit::node, Hit::score));
    }

    private static Hit hit(Ranking ranking, int number) {
        return ranking.hits().stream()
                .filter(hit -> hit.node().equals(id(number)))
                .findFirst()
                .orElseThrow();
    }

    static RecallQuery query(String text) {
        return query(text, 100, null);
    }

    static RecallQuery query(String text, int limit, @Nullable RulesVersion provenBy) {
        return new RecallQuery(text, Set.of(), Set.of(), Set.of(), null, null, null, limit, 20, provenBy);
    }

    private static RecallQuery where(
            Set<String> types,
            Set<String> sessions,
            Set<String> without,
            @Nullable Instant from,
            @Nullable Instant to) {
        return new RecallQuery("tea", types, sessions, without, from, to, null, 100, 20, null);
    }

    private static RecallQuery asOf(String text, Instant asOf, @Nullable RulesVersion provenBy) {
        return new RecallQuery(text, Set.of(), Set.of(), Set.of(), null, null, asOf, 100, 20, provenBy);
    }

    @Test
    default void findsMemoryAsItWas() {
        changes().put(AGENT, superseded(fact(1, "The office is in Lisbon."), 3));
        changes().put(AGENT, fact(2, "The office has a garden."));
        changes().put(AGENT, fact(3, "The office is in Porto."));
        assertEquals(Set.of(), found(asOf("office", at(0), null)));
        assertEquals(Set.of(id(1)), found(asOf("office", at(1), null)));
        assertEquals(Set.of(id(1), id(2)), found(asOf("office", at(3).minusNanos(1_000), null)));
        assertEquals(Set.of(id(2), id(3)), found(asOf("office", at(3), null)));
        assertEquals(Set.of(id(2), id(3)), found(asOf("office", at(9), null)));
    }

    @Test
    default void ranksThePastAsIfNothingHadHappenedSince() {
        List<Node> past = List.of(
                proven(fact(1, "Tea in the garden.")),
                proven(fact(2, "The garden and the tea.")),
                proven(fact(3, "Green tea.")));
        past.forEach(node -> changes().put(AGENT, node));
        for (RulesVersion provenBy : Arrays.asList(null, RULES)) {
            Ranking then = index().search(AGENT, asOf("tea garden", at(9), provenBy));
            changes().put(AGENT, proven(fact(10, "Tea, tea, and a garden of tea.")));
            changes().put(AGENT, superseded(past.getFirst(), 10));
            Ranking now = index().search(AGENT, asOf("tea garden", at(9), provenBy));
            assertEquals(then.hits(), now.hits());
            assertEquals(then.terms(), now.terms());
            assertEquals(then.extent(), now.extent());
            changes().put(AGENT, past.getFirst());
            changes().remove(AGENT, id(10));
        }
    }

    private static RecallQuery proven(RecallQuery query) {
        return new RecallQuery(
                query.text(),
                query.types(),
                query.sessions(),
                query.withoutSessions(),
                query.from(),
                query.to(),
                query.asOf(),
                query.limit(),
                query.window(),
                RULES);
    }

    static NodeId id(int number) {
        return new NodeId(new UUID(0, number));
    }

    static Instant at(int number) {
        return START.plusSeconds(60L * number);
    }

    private static long sum(int from, int to, int step) {
        long sum = 0;
        for (int i = from; i <= to; i += step) {
            sum += i;
        }
        return sum;
    }

    static Node fact(int number, String content) {
        return in(null, "fact", number, content);
    }

    static Node message(int number, String content) {
        return in("s1", "message", number, content);
    }

    /** Of as many tokens as its number is. */
    static Node in(@Nullable String session, String type, int number, String content) {
        return new Node(
                id(number),
                AGENT.agent(),
                type,
                content,
                List.of(),
                Json.EMPTY,
                number,
                session,
                null,
                null,
                null,
                at(number),
                at(number),
                at(number),
                Findings.UNSCANNED);
    }

    static Node searched(Node node, RulesVersion rules) {
        return node.searched(Findings.none(rules));
    }

    static Node proven(Node node) {
        return searched(node, RULES);
    }

    static Node hiding(int number, String content, String hidden) {
        int start = content.indexOf(hidden);
        return fact(number, content)
                .searched(new Findings(
                        RULES,
                        Map.of("/content", List.of(new Finding(start, start + hidden.length(), Kind.EMAIL, "test")))));
    }

    static Node superseded(Node node, int by) {
        return node.with(new Supersession(id(by), at(by), false));
    }
}
