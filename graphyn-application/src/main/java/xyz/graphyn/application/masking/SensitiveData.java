package xyz.graphyn.application.masking;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.memory.NodeSource;

/**
 * Searches every text of what an organization stores, by its present rules: of drafts before they are stored, and of rows
 * that earlier rules have searched. Every method throws {@link xyz.graphyn.application.access.Refusal.Unavailable} if those
 * rules can't be read.
 */
public final class SensitiveData implements RowDetection {
    private final Detector detector;
    private final CurrentSettings settings;

    public SensitiveData(Detector detector, CurrentSettings settings) {
        this.detector = detector;
        this.settings = settings;
    }

    public Findings in(OrganizationId organization, EventDraft draft) {
        return new Search(organization)
                .text("/type", draft.type())
                .text("/sessionId", draft.sessionId())
                .text("/externalId", draft.externalId())
                .json("/payload", draft.payload())
                .findings();
    }

    public Findings in(OrganizationId organization, NodeDraft draft) {
        return in(organization, draft, null);
    }

    /** @param source of the node that the draft is of, or becomes; null if it was told as a node */
    public Findings in(OrganizationId organization, NodeDraft draft, @Nullable NodeSource source) {
        Search search = new Search(organization)
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
        return search.findings();
    }

    public Findings in(OrganizationId organization, AgentProfile profile) {
        return new Search(organization)
                .text("/name", profile.name())
                .text("/description", profile.description())
                .text("/instructions", profile.instructions())
                .text("/model", profile.model())
                .json("/metadata", profile.metadata())
                .findings();
    }

    /** Texts of one answer: those of the text at {@code i} are {@code findings.in("/" + i)}. */
    Findings inTexts(OrganizationId organization, List<String> texts) {
        Search search = new Search(organization);
        for (int i = 0; i < texts.size(); i++) {
            search.text("/" + i, texts.get(i));
        }
        return search.findings();
    }

    @Override
    public Findings inAgent(Agent agent) {
        return in(agent.organization(), agent.profile());
    }

    @Override
    public Findings inEvent(OrganizationId organization, Event event) {
        return new Search(organization)
                .text("/type", event.type())
                .text("/sessionId", event.sessionId())
                .text("/externalId", event.externalId())
                .json("/payload", event.payload())
                .findings();
    }

    @Override
    public Findings inNode(OrganizationId organization, Node node) {
        return in(organization, node.draft(), node.source());
    }

    /** One row's search, field by field. */
    private final class Search {
        private final DetectionRules rules;
        private final Map<String, List<Finding>> found = new HashMap<>(2);

        Search(OrganizationId organization) {
            rules = settings.of(organization).rules();
        }

        Search text(String field, @Nullable String text) {
            return text == null ? this : note(field, detector.inText(text, rules));
        }

        Search json(String field, Json json) {
            return note(field, detector.inJson(json.text(), rules));
        }

        private Search note(String field, List<Finding> findings) {
            if (!findings.isEmpty()) {
                found.put(field, findings);
            }
            return this;
        }

        Findings findings() {
            return new Findings(detector.version(rules), found);
        }
    }
}
