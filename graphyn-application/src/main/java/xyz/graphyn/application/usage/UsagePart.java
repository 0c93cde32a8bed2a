package xyz.graphyn.application.usage;

import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.usage.UsageTotals;

/**
 * A part of what was metered.
 *
 * @param key the day ({@code 2026-05-04}), the session, the agent's id or the model's name; empty where no model was named
 * @param agent of a session or an agent; else null
 */
public record UsagePart(String key, @Nullable AgentId agent, UsageTotals totals) {
    /** What the parts are. */
    public enum By {
        DAY,
        SESSION,
        AGENT,
        MODEL
    }

    UsagePart named(String shown) {
        return new UsagePart(shown, agent, totals);
    }
}
