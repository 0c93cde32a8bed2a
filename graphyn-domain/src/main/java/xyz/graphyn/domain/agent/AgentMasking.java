package xyz.graphyn.domain.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Disclosure;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Masks;
import xyz.graphyn.domain.masking.Seen;
import xyz.graphyn.domain.masking.View;

/** Agents as somebody sees them. What is hidden has no findings any more: it can't be shown otherwise again. */
public final class AgentMasking {
    private AgentMasking() {}

    /**
     * Masks may be longer than what they hide. What a text has beyond its bound is then cut off; metadata beyond theirs are
     * left out, because a part of them would be no document.
     *
     * @throws IllegalArgumentException if nobody has searched the agent yet, and the view is not raw
     */
    public static Seen<Agent> seen(Agent agent, View view) {
        Findings findings = agent.findings();
        findings.requireFor(view);
        Disclosure disclosure = Disclosure.of(findings, view);
        if (disclosure.hidden() == 0) {
            return new Seen<>(agent, disclosure);
        }
        AgentProfile profile = agent.profile();
        Json metadata = Masks.inJson(profile.metadata(), findings.in("/metadata"), view);
        AgentProfile masked = new AgentProfile(
                Masks.inText(profile.name(), findings.in("/name"), view, AgentProfile.MAX_NAME),
                text(profile.description(), findings.in("/description"), view, AgentProfile.MAX_DESCRIPTION),
                text(profile.instructions(), findings.in("/instructions"), view, AgentProfile.MAX_INSTRUCTIONS),
                text(profile.model(), findings.in("/model"), view, AgentProfile.MAX_MODEL),
                metadata.text().length() > AgentProfile.MAX_METADATA ? Json.EMPTY : metadata);
        return new Seen<>(
                new Agent(
                        agent.id(),
                        agent.organization(),
                        masked,
                        Masks.inText(agent.createdBy(), findings.in("/createdBy"), view),
                        agent.createdAt(),
                        agent.updatedAt(),
                        Findings.none(findings.rules())),
                disclosure);
    }

    private static @Nullable String text(@Nullable String text, List<Finding> findings, View view, int max) {
        return text == null ? null : Masks.inText(text, findings, view, max);
    }
}
