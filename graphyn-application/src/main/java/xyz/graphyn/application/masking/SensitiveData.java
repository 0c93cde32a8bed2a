package xyz.graphyn.application.masking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.computing.ComputePool;
import xyz.graphyn.application.settings.CurrentSettings;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentProfile;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.Detector;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.MaskingSettings;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeDraft;
import xyz.graphyn.domain.memory.FoundRelations;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.memory.NodeSource;

/**
 * Searches every text of what an organization stores, by its present rules: of drafts before they are stored, and of rows
 * that earlier rules have searched. What is long is searched by the pool, lest the requests beside it wait for a carrier.
 * Every method throws {@link xyz.graphyn.application.access.Refusal.Unavailable} if those rules can't be read, or the pool is
 * too busy.
 */
public final class SensitiveData implements RowDetection {
    private static final Kind MENTION = new Kind("MENTION");

    /**
     * In characters, of all that is searched for a request at once. Up to here it takes about a millisecond, which is less than
     * its commit: the way to another thread and back would not be worth it.
     */
    static final int SHORT = 16 * 1024;

    private final Detector detector;
    private final CurrentSettings<MaskingSettings> settings;
    private final ComputePool pool;

    public SensitiveData(Detector detector, CurrentSettings<MaskingSettings> settings, ComputePool pool) {
        this.detector = detector;
        this.settings = settings;
        this.pool = pool;
    }

    public Findings in(OrganizationId organization, EventDraft draft) {
        return searched(List.of(search(rules(organization), draft))).getFirst();
    }

    public Findings in(OrganizationId organization, NodeDraft draft) {
        return in(organization, draft, null);
    }

    /** @param source of the node that the draft is of, or becomes; null if it was told as a node */
    public Findings in(OrganizationId organization, NodeDraft draft, @Nullable NodeSource source) {
        return searched(List.of(search(rules(organization), draft, source))).getFirst();
    }

    /** @param createdBy who creates the agent, or did: a subject may be an e-mail address */
    public Findings in(OrganizationId organization, AgentProfile profile, String createdBy) {
        return searched(List.of(search(rules(organization), profile, createdBy)))
                .getFirst();
    }

    public Findings in(OrganizationId organization, EdgeDraft draft) {
        return searched(List.of(search(rules(organization), draft))).getFirst();
    }

    /** In each of them, in their order. */
    public List<Findings> inEventDrafts(OrganizationId organization, List<EventDraft> drafts) {
        DetectionRules rules = rules(organization);
        return searched(drafts.stream().map(draft -> search(rules, draft)).toList());
    }

    /** In each of them, in their order. */
    public List<Findings> inNodeDrafts(OrganizationId organization, List<NodeDraft> drafts) {
        DetectionRules rules = rules(organization);
        return searched(drafts.stream().map(draft -> search(rules, draft, null)).toList());
    }

    @Override
    public Findings inAgent(Agent agent) {
        return in(agent.organization(), agent.profile(), agent.createdBy());
    }

    @Override
    public Findings inEvent(OrganizationId organization, Event event) {
        return inEvents(organization, List.of(event)).getFirst();
    }

    @Override
    public Findings inNode(OrganizationId organization, Node node) {
        return in(organization, node.draft(), node.source());
    }

    @Override
    public Findings inEdge(OrganizationId organization, Edge edge) {
        return inEdges(organization, List.of(edge)).getFirst();
    }

    /** In each of these agents of one organization, in their order. */
    List<Findings> inAgents(OrganizationId organization, List<Agent> agents) {
        DetectionRules rules = rules(organization);
        return searched(agents.stream()
                .map(agent -> search(rules, agent.profile(), agent.createdBy()))
                .toList());
    }

    List<Findings> inEvents(OrganizationId organization, List<Event> events) {
        DetectionRules rules = rules(organization);
        return searched(events.stream()
                .map(event -> new Search(rules)
                        .text("/type", event.type())
                        .text("/sessionId", event.sessionId())
                        .text("/externalId", event.externalId())
                        .json("/payload", event.payload()))
                .toList());
    }

    List<Findings> inNodes(OrganizationId organization, List<Node> nodes) {
        DetectionRules rules = rules(organization);
        return searched(nodes.stream()
                .map(node -> search(rules, node.draft(), node.source()))
                .toList());
    }

    List<Findings> inEdges(OrganizationId organization, List<Edge> edges) {
        DetectionRules rules = rules(organization);
        return searched(edges.stream().map(edge -> search(rules, edge)).toList());
    }

    /** Texts of one answer: those of the text at {@code i} are {@code findings.in("/" + i)}. */
    Findings inTexts(OrganizationId organization, List<String> texts) {
        Search search = new Search(rules(organization));
        for (int i = 0; i < texts.size(); i++) {
            search.text("/" + i, texts.get(i));
        }
        return searched(List.of(search)).getFirst();
    }

    /** Does what takes time with a text of that many characters, where it holds nobody up. */
    <T> T computed(long characters, Supplier<T> work) {
        return characters <= SHORT ? work.get() : pool.run(work);
    }

    private DetectionRules rules(OrganizationId organization) {
        return settings.of(organization).rules();
    }

    private Search search(DetectionRules rules, EventDraft draft) {
        return new Search(rules)
                .text("/type", draft.type())
                .text("/sessionId", draft.sessionId())
                .text("/externalId", draft.externalId())
                .json("/payload", draft.payload());
    }

    private Search search(DetectionRules rules, NodeDraft draft, @Nullable NodeSource source) {
        Search search = new Search(rules)
                .text("/type", draft.type())
                .text("/content", draft.content())
                .json("/properties", draft.properties())
                .text("/sessionId", draft.sessionId())
                .text("/externalId", draft.externalId());
        List<String> labels = draft.labels();
        for (int i = 0; i < labels.size(); i++) {
            search.text("/labels/" + i, labels.get(i));
        }
        if (source != null) {
            search.text("/sourceExternalId", source.externalId());
        }
        return search;
    }

    private Search search(DetectionRules rules, EdgeDraft draft) {
        return new Search(rules).text("/relation", draft.relation()).json("/properties", draft.properties());
    }

    /**
     * Names that memory has read from a text say nothing of what stood around them, by which other rules may find them. So all of
     * them are hidden, until memory has read the text anew.
     */
    private Search search(DetectionRules rules, Edge edge) {
        return edge.derived() && edge.relation().equals(FoundRelations.MENTIONS)
                ? new Search(rules).names("/properties", edge.properties())
                : search(rules, edge.draft());
    }

    private Search search(DetectionRules rules, AgentProfile profile, String createdBy) {
        return new Search(rules)
                .text("/name", profile.name())
                .text("/description", profile.description())
                .text("/instructions", profile.instructions())
                .text("/model", profile.model())
                .json("/metadata", profile.metadata())
                .text("/createdBy", createdBy);
    }

    private List<Findings> searched(List<Search> searches) {
        long characters =
                searches.stream().mapToLong(search -> search.characters).sum();
        return computed(
                characters, () -> searches.stream().map(Search::findings).toList());
    }

    /** One row's texts, and what is found in them. */
    private final class Search {
        private record Field(String name, String text, boolean json) {}

        private final DetectionRules rules;
        private final List<Field> fields = new ArrayList<>(6);
        private final Map<String, List<Finding>> found = new HashMap<>(2);
        private long characters;

        Search(DetectionRules rules) {
            this.rules = rules;
        }

        Search text(String field, @Nullable String text) {
            return text == null ? this : add(new Field(field, text, false));
        }

        Search json(String field, Json json) {
            return add(new Field(field, json.text(), true));
        }

        /** All of {@link FoundRelations#mentions}, in which no quotation mark is escaped. */
        Search names(String field, Json mentions) {
            String text = mentions.text();
            List<Finding> names = new ArrayList<>();
            int open = text.indexOf('"', text.indexOf('['));
            while (open >= 0) {
                int close = text.indexOf('"', open + 1);
                names.add(new Finding(open + 1, close, MENTION, "mention"));
                open = text.indexOf('"', close + 1);
            }
            found.put(field, names);
            return this;
        }

        private Search add(Field field) {
            fields.add(field);
            characters += field.text().length();
            return this;
        }

        Findings findings() {
            for (Field field : fields) {
                List<Finding> findings =
                        field.json() ? detector.inJson(field.text(), rules) : detector.inText(field.text(), rules);
                if (!findings.isEmpty()) {
                    found.put(field.name(), findings);
                }
            }
            return new Findings(detector.version(rules), found);
        }
    }
}
