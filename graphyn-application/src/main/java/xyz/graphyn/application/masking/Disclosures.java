package xyz.graphyn.application.masking;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.append.AddedNode;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.application.audit.AuditEntries;
import xyz.graphyn.application.audit.DisclosureLog;
import xyz.graphyn.application.masking.StreamDisclosures.Sight;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.application.settings.CurrentSettings;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentMasking;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventMasking;
import xyz.graphyn.domain.masking.Detector;
import xyz.graphyn.domain.masking.Disclosure;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.MaskingSettings;
import xyz.graphyn.domain.masking.Masks;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.masking.Seen;
import xyz.graphyn.domain.masking.View;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeMasking;

/**
 * The one way out for what is stored: shows rows as their reader may see them, and writes the audit entry where something in
 * them is sensitive, hidden or not. It is durable when a method returns. Rows that earlier rules have searched are searched
 * again first, so that nobody is shown what only today's rules find.
 *
 * <p>Every method throws {@link Refusal.Unavailable} if the entry can't be written, or the organization's settings can't be
 * read: then nothing is shown.
 */
public final class Disclosures {
    /** Longer than a commit takes when all is well, shorter than a client waits. */
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(5);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final CurrentSettings<MaskingSettings> settings;
    private final Detector detector;
    private final SensitiveData data;
    private final DisclosureLog log;
    private final AuditEntries entries;

    public Disclosures(
            CurrentSettings<MaskingSettings> settings,
            Detector detector,
            SensitiveData data,
            DisclosureLog log,
            AuditEntries entries) {
        this.settings = settings;
        this.detector = detector;
        this.data = data;
        this.log = log;
        this.entries = entries;
    }

    /**
     * By which rules a text must have been found free of what is sensitive before a condition on it may be answered to the
     * caller; null if nothing is hidden from them.
     */
    public @Nullable RulesVersion provenBy(Caller caller) {
        Sight sight = sight(caller);
        return sight.view().needsFindings() ? sight.rules() : null;
    }

    Sight sight(Caller caller) {
        return sight(caller, settings.of(caller.organization()));
    }

    /** The same without waiting: empty if the settings would have to be read first. */
    Optional<Sight> sightNow(Caller caller) {
        return settings.known(caller.organization()).map(known -> sight(caller, known));
    }

    private Sight sight(Caller caller, MaskingSettings of) {
        return new Sight(of.policy().viewOf(caller.principal().role()), detector.version(of.rules()));
    }

    public Masked<Agent> agent(Caller caller, Agent agent) {
        return noted(seen(sight(caller), agent), disclosure -> onAgent(caller, agent.id(), disclosure, Map.of()));
    }

    public Masked<Page<Agent>> agents(Caller caller, Page<Agent> page) {
        Sight sight = sight(caller);
        Page<Agent> searched = searched(
                sight, page, Agent::findings, stale -> data.inAgents(caller.organization(), stale), Agent::searched);
        return noted(
                all(searched, agent -> AgentMasking.seen(agent, sight.view())),
                disclosure -> entries.onOrganization(
                        caller, AuditAction.DATA_DISCLOSED, details(disclosure, Map.of("agents", count(page)))));
    }

    public Masked<Event> event(Caller caller, Event event) {
        return noted(
                seen(sight(caller), caller.organization(), event),
                disclosure -> onAgent(
                        caller,
                        event.agent(),
                        disclosure,
                        Map.of("event", event.id().toString())));
    }

    public Masked<Page<Event>> events(Caller caller, AgentId agent, Page<Event> page) {
        Sight sight = sight(caller);
        Page<Event> searched = new Page<>(searched(sight, caller.organization(), page.items()), page.more());
        return noted(
                all(searched, event -> EventMasking.seen(event, sight.view())),
                disclosure -> onAgent(caller, agent, disclosure, Map.of("events", count(page))));
    }

    public Masked<Node> node(Caller caller, Node node) {
        return noted(
                seen(sight(caller), caller.organization(), node),
                disclosure -> entries.onNode(
                        caller, AuditAction.DATA_DISCLOSED, node.agent(), node.id(), details(disclosure, Map.of())));
    }

    public Masked<Page<Node>> nodes(Caller caller, AgentId agent, Page<Node> page) {
        Sight sight = sight(caller);
        Page<Node> searched = searched(
                sight, page, Node::findings, stale -> data.inNodes(caller.organization(), stale), Node::searched);
        return noted(
                all(searched, node -> NodeMasking.seen(node, sight.view())),
                disclosure -> onAgent(caller, agent, disclosure, Map.of("nodes", count(page))));
    }

    /**
     * A node that may be shown.
     *
     * @param part what of it: it is given the node as it came, with all that is sensitive in it, and what it gives back is
     *     masked
     */
    public record Candidate(Node node, UnaryOperator<Node> part) {}

    /**
     * An answer that is made of some of many nodes. The audit entry tells of those alone.
     *
     * @param pick is given the candidates as the caller sees them, in their order, and names the places of those that it takes
     * @param make is given these, in the order in which they were named
     */
    public <T> Masked<T> picked(
            Caller caller,
            AgentId agent,
            List<Candidate> candidates,
            Map<String, String> what,
            Function<List<Node>, List<Integer>> pick,
            Function<List<Node>, T> make) {
        Sight sight = sight(caller);
        List<Seen<Node>> seen = candidates.stream()
                .map(candidate -> NodeMasking.seen(
                        candidate.part().apply(fresh(sight, caller.organization(), candidate.node())), sight.view()))
                .toList();
        List<Seen<Node>> picked = pick.apply(seen.stream().map(Seen::value).toList()).stream()
                .map(seen::get)
                .toList();
        T made = make.apply(picked.stream().map(Seen::value).toList());
        Disclosure disclosure =
                Disclosure.sum(picked.stream().map(Seen::disclosure).toList());
        return noted(new Seen<>(made, disclosure), sum -> onAgent(caller, agent, sum, what));
    }

    /**
     * Names that stand beside numbers, such as those of sessions and models. They are searched for every answer, since no
     * findings are kept with them.
     *
     * @param names in the order of the answer
     * @param make is given the names as the caller sees them, each different, in the same order
     */
    public <T> Masked<T> named(
            Caller caller, List<String> names, Map<String, String> what, Function<List<String>, T> make) {
        Sight sight = sight(caller);
        Findings findings = data.inTexts(caller.organization(), names);
        Seen<T> seen = new Seen<>(
                make.apply(Masks.inDistinct(names, "", findings, sight.view())), Disclosure.of(findings, sight.view()));
        return noted(
                seen,
                disclosure -> entries.onOrganization(caller, AuditAction.DATA_DISCLOSED, details(disclosure, what)));
    }

    /**
     * What became of events, whose {@code externalId} may be telling.
     *
     * @param findings of what was sent, in the same order
     */
    public Masked<List<RecordedEvent>> recorded(
            Caller caller, AgentId agent, List<RecordedEvent> recorded, List<Findings> findings) {
        return receipts(
                caller,
                agent,
                recorded,
                findings,
                RecordedEvent::externalId,
                (event, id) -> new RecordedEvent(event.id(), event.seq(), id, event.created()));
    }

    /** The same of nodes. */
    public Masked<List<AddedNode>> added(Caller caller, AgentId agent, List<AddedNode> added, List<Findings> findings) {
        return receipts(
                caller,
                agent,
                added,
                findings,
                AddedNode::externalId,
                (node, id) -> new AddedNode(node.id(), id, node.created()));
    }

    @FunctionalInterface
    private interface Renamed<T> {
        T apply(T receipt, @Nullable String externalId);
    }

    private <T> Masked<List<T>> receipts(
            Caller caller,
            AgentId agent,
            List<T> receipts,
            List<Findings> findings,
            Function<T, @Nullable String> externalId,
            Renamed<T> renamed) {
        View view = sight(caller).view();
        List<T> shown = new ArrayList<>(receipts.size());
        Disclosure disclosure = Disclosure.NONE;
        for (int i = 0; i < receipts.size(); i++) {
            var ofId = findings.get(i).in("/externalId");
            T receipt = receipts.get(i);
            shown.add(
                    ofId.isEmpty()
                            ? receipt
                            : renamed.apply(receipt, Masks.inOptional(externalId.apply(receipt), ofId, view)));
            disclosure = disclosure.plus(Disclosure.of(ofId, view));
        }
        return noted(new Seen<>(shown, disclosure), sum -> onAgent(caller, agent, sum, Map.of()));
    }

    /**
     * As the caller sees it, for a deed whose own entry tells of it: that entry must have these {@link Written#details} and be
     * durable before the caller is answered.
     */
    public Written<Event> written(Caller caller, Findings findings) {
        Sight sight = sight(caller);
        return new Written<>(
                Disclosure.of(findings, sight.view()).details(), event -> EventMasking.seen(event, sight.view()));
    }

    /** The same for an agent. */
    public Written<Agent> writtenAgent(Caller caller, Findings findings) {
        Sight sight = sight(caller);
        return new Written<>(
                Disclosure.of(findings, sight.view()).details(), agent -> AgentMasking.seen(agent, sight.view()));
    }

    /** The same for a node. */
    public Written<Node> writtenNode(Caller caller, Findings findings) {
        Sight sight = sight(caller);
        return new Written<>(
                Disclosure.of(findings, sight.view()).details(), node -> NodeMasking.seen(node, sight.view()));
    }

    /** What a deed owes to its audit entry, and how its caller is shown the outcome. */
    public static final class Written<T> {
        private final Map<String, String> details;
        private final Function<T, Seen<T>> show;

        Written(Map<String, String> details, Function<T, Seen<T>> show) {
            this.details = details;
            this.show = show;
        }

        /** For the entry of the deed. */
        public Map<String, String> details() {
            return details;
        }

        public Masked<T> show(T value) {
            return masked(show.apply(value));
        }
    }

    private Seen<Event> seen(Sight sight, OrganizationId organization, Event event) {
        return EventMasking.seen(
                event.findings().rules().equals(sight.rules())
                        ? event
                        : event.searched(data.inEvent(organization, event)),
                sight.view());
    }

    private Seen<Node> seen(Sight sight, OrganizationId organization, Node node) {
        return NodeMasking.seen(fresh(sight, organization, node), sight.view());
    }

    private Node fresh(Sight sight, OrganizationId organization, Node node) {
        return node.findings().rules().equals(sight.rules()) ? node : node.searched(data.inNode(organization, node));
    }

    private Seen<Agent> seen(Sight sight, Agent agent) {
        return AgentMasking.seen(
                agent.findings().rules().equals(sight.rules()) ? agent : agent.searched(data.inAgent(agent)),
                sight.view());
    }

    /** Those that other rules have searched are searched again, together. */
    List<Event> searched(Sight sight, OrganizationId organization, List<Event> events) {
        return searched(sight, events, Event::findings, stale -> data.inEvents(organization, stale), Event::searched);
    }

    private static <T> Page<T> searched(
            Sight sight,
            Page<T> page,
            Function<T, Findings> findings,
            Function<List<T>, List<Findings>> search,
            BiFunction<T, Findings, T> with) {
        return new Page<>(searched(sight, page.items(), findings, search, with), page.more());
    }

    static <T> List<T> searched(
            Sight sight,
            List<T> rows,
            Function<T, Findings> findings,
            Function<List<T>, List<Findings>> search,
            BiFunction<T, Findings, T> with) {
        List<T> stale = rows.stream()
                .filter(row -> !findings.apply(row).rules().equals(sight.rules()))
                .toList();
        if (stale.isEmpty()) {
            return rows;
        }
        Iterator<Findings> found = search.apply(stale).iterator();
        return rows.stream()
                .map(row -> findings.apply(row).rules().equals(sight.rules()) ? row : with.apply(row, found.next()))
                .toList();
    }

    private static <T> Seen<Page<T>> all(Page<T> page, Function<T, Seen<T>> show) {
        List<Seen<T>> seen = page.items().stream().map(show).toList();
        return new Seen<>(
                new Page<>(seen.stream().map(Seen::value).toList(), page.more()),
                Disclosure.sum(seen.stream().map(Seen::disclosure).toList()));
    }

    <T> Masked<T> noted(Seen<T> seen, Function<Disclosure, AuditEntry> entry) {
        if (!seen.disclosure().isEmpty()) {
            await(log.write(entry.apply(seen.disclosure())));
        }
        return masked(seen);
    }

    private static <T> Masked<T> masked(Seen<T> seen) {
        return new Masked<>(seen.value(), seen.disclosure().hidden());
    }

    private AuditEntry onAgent(Caller caller, AgentId agent, Disclosure disclosure, Map<String, String> what) {
        return entries.onAgent(caller, AuditAction.DATA_DISCLOSED, agent, details(disclosure, what));
    }

    /** Tells of what a stream is about to show, for a while. */
    void writeStreamEntry(Caller caller, AgentId agent, Disclosure disclosure, Map<String, String> what) {
        await(log.write(entries.onAgent(caller, AuditAction.STREAM_DISCLOSED, agent, details(disclosure, what))));
    }

    static Map<String, String> details(Disclosure disclosure, Map<String, String> what) {
        Map<String, String> details = new HashMap<>(disclosure.details());
        details.putAll(what);
        return details;
    }

    private static String count(Page<?> page) {
        return Integer.toString(page.items().size());
    }

    private static void await(CompletableFuture<Void> written) {
        try {
            written.get(LONGEST_WRITE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw new IllegalStateException("A disclosure could not be noted, so nothing is shown.", failed.getCause());
        } catch (TimeoutException late) {
            throw new Refusal.Unavailable("The disclosure could not be noted in time.", RETRY_AFTER);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable("The request was given up.", RETRY_AFTER);
        }
    }
}
