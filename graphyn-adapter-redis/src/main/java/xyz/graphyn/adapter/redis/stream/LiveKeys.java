package xyz.graphyn.adapter.redis.stream;

import xyz.graphyn.domain.agent.AgentKey;

/**
 * The names of one agent's things in one epoch. What stands in braces is their hash tag, so that they lie on one node of a
 * cluster (https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags).
 *
 * @param kept the stream of the events that are kept
 * @param channel where runs are published
 */
record LiveKeys(String kept, String channel) {
    static LiveKeys of(String epoch, AgentKey agent) {
        String channel = "graphyn:live:{" + agent.organization() + "/" + agent.agent() + "}:" + epoch;
        return new LiveKeys(channel + ":kept", channel);
    }
}
