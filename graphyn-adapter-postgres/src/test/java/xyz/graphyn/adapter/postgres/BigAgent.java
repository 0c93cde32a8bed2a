package xyz.graphyn.adapter.postgres;

import java.util.List;
import xyz.graphyn.domain.agent.AgentKey;

/** One agent with 100,000 events and as many nodes, a minute apart from the start of 2025; others that have 500 events. */
final class BigAgent {
    static final int ROWS = 100_000;

    private static final String AGENTS = """
            INSERT INTO agent (organization_id, agent_id, name, name_folded, metadata, created_by, created_at, updated_at)
            SELECT organization_id, gen_random_uuid(), 'many', 'many', '{}', 'ada', now(), now()
            FROM organization, generate_series(1, 1000)""";

    /** The others' events are of another year and all of one type, so that statistics over all agents mislead. */
    private static final String EVENTS = """
            INSERT INTO event (organization_id, agent_id, event_id, seq, occurred_at, received_at, type, session_id,
                external_id, payload, rules_version)
            SELECT organization_id, agent_id, gen_random_uuid(), n, timestamptz '2025-01-01Z' + n * interval '1 min', now(),
                CASE WHEN n % 1000 = 0 THEN 'rare' WHEN n % 3 = 0 THEN 'note' ELSE 'message' END, 's' || n / 500, 'x' || n,
                '{"role":"user","content":"hello"}', 4294967296
            FROM agent_head, generate_series(1, 100000) n WHERE agent_id = 'AGENT';

            INSERT INTO event (organization_id, agent_id, event_id, seq, occurred_at, received_at, type, session_id,
                external_id, payload, rules_version)
            SELECT organization_id, agent_id, gen_random_uuid(), n, timestamptz '2026-01-01Z' + n * interval '1 min', now(),
                'message', 's' || n / 500, 'x' || n, '{}', 4294967296
            FROM agent_head, generate_series(1, 500) n WHERE agent_id <> 'AGENT';

            INSERT INTO event_span (organization_id, agent_id, span, earliest, latest)
            SELECT organization_id, agent_id, seq / 1000, min(occurred_at), max(occurred_at) FROM event GROUP BY 1, 2, 3;

            UPDATE agent_head SET event_seq = 100000 WHERE agent_id = 'AGENT'""";

    private static final String NODES = """
            INSERT INTO node (organization_id, agent_id, node_id, occurred_at, created_at, updated_at, type, session_id,
                external_id, content, labels, properties, rules_version, tokens, memory_version,
                embedding_model)
            SELECT organization_id, agent_id, gen_random_uuid(), timestamptz '2025-01-01Z' + n * interval '1 min', now(),
                now(), CASE WHEN n % 1000 = 0 THEN 'rare' ELSE 'fact' END, 's' || n / 500, 'x' || n, 'text',
                ARRAY['common', 'l' || n % 1000], '{}', 4294967296, 1, n,
                CASE WHEN n % 10 = 0 THEN '' ELSE 'small-1' END
            FROM agent_head, generate_series(1, 100000) n WHERE agent_id = 'AGENT';

            INSERT INTO node_embedding (organization_id, agent_id, node_id, starts, ends, vectors)
            SELECT organization_id, agent_id, node_id, '{0}', '{4}', '\\x0102030405060708' FROM node
            WHERE embedding_model = 'small-1';

            UPDATE agent_head SET memory_version = 100000, nodes = 100000 WHERE agent_id = 'AGENT';

            INSERT INTO node_label (organization_id, agent_id, node_id, label, occurred_at)
            SELECT organization_id, agent_id, node_id, unnest(labels), occurred_at FROM node""";

    /** As many agents as it takes for their heads to be worth an index. They come last: they have no events. */
    private static final String HEADS = """
            INSERT INTO agent_head (organization_id, agent_id)
            SELECT organization_id, agent_id FROM agent WHERE name = 'many'""";

    private BigAgent() {}

    static void fill(TestDatabase database, AgentKey agent) {
        for (String statement : List.of(AGENTS, EVENTS, NODES, HEADS)) {
            database.execute(statement.replace("AGENT", agent.agent().toString()));
        }
    }
}
