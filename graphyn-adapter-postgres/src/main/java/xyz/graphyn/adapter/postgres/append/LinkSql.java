package xyz.graphyn.adapter.postgres.append;

/**
 * The statements of {@link LinkRows}. Each look-up is one walk along an index, whatever the planner knows: hence LATERAL and
 * LIMIT, and OFFSET 0 where all are wanted. Behind it, a condition on the relation is out of the planner's sight: on a young table
 * it takes a relation for a rare one, and reads all the agent's edges of it.
 */
final class LinkSql {
    /** Not of one that has changed since it was read: it is linked again. */
    static final String WRITE_KEYS = """
            DELETE FROM node_key
            WHERE organization_id = :organization AND agent_id = :agent AND node_id = ANY (:nodes::uuid[]);

            INSERT INTO node_key (organization_id, agent_id, node_id, key, name, occurred_at, rules_version)
            SELECT :organization, :agent, found.node_id, found.key, found.name, node.occurred_at, node.rules_version
            FROM unnest(:keyNodes::uuid[], :keys::text[], :keyNames::text[]) AS found (node_id, key, name)
                CROSS JOIN LATERAL (
                    SELECT occurred_at, rules_version FROM node
                    WHERE organization_id = :organization AND agent_id = :agent AND node_id = found.node_id
                      AND memory_version <= :upTo
                    LIMIT 1) node""";

    private static final String CHANGED = """
            WITH changed AS (
                SELECT node.* FROM unnest(:nodes::uuid[]) AS wanted (node_id) CROSS JOIN LATERAL (
                    SELECT node_id, session_id, occurred_at FROM node
                    WHERE organization_id = :organization AND agent_id = :agent AND node_id = wanted.node_id
                    LIMIT 1) node),
            into_changed AS (
                SELECT edge.from_node, edge.relation
                FROM unnest(:nodes::uuid[]) AS wanted (node_id) CROSS JOIN LATERAL (
                    SELECT from_node, relation, derived FROM edge
                    WHERE organization_id = :organization AND agent_id = :agent AND created_at > '-infinity'
                      AND to_node = wanted.node_id
                    OFFSET 0) edge
                WHERE edge.derived AND edge.relation = ANY ('{next,mentions}')),
            """;

    /** From whom an edge of the session's order may have to lead elsewhere, and where it has to lead. */
    static final String NEXT = CHANGED + """
            touched AS (
                SELECT node_id FROM changed
                UNION SELECT from_node FROM into_changed WHERE relation = 'next'
                UNION SELECT earlier.node_id FROM changed CROSS JOIN LATERAL (
                    SELECT node_id FROM node
                    WHERE organization_id = :organization AND agent_id = :agent AND session_id = changed.session_id
                      AND (occurred_at, node_id) < (changed.occurred_at, changed.node_id)
                    ORDER BY occurred_at DESC, node_id DESC LIMIT 1) earlier)
            SELECT touched.node_id AS from_node, later.node_id AS to_node, own.rules_version, NULL::text[] AS names
            FROM touched CROSS JOIN LATERAL (
                SELECT session_id, occurred_at, rules_version FROM node
                WHERE organization_id = :organization AND agent_id = :agent AND node_id = touched.node_id
                LIMIT 1) own
                LEFT JOIN LATERAL (
                    SELECT node_id FROM node
                    WHERE organization_id = :organization AND agent_id = :agent AND session_id = own.session_id
                      AND (occurred_at, node_id) > (own.occurred_at, touched.node_id)
                    ORDER BY occurred_at, node_id LIMIT 1) later ON true""";

    /** The same for names. */
    static final String MENTIONS = CHANGED + """
            touched AS (
                SELECT node_id FROM changed
                UNION SELECT from_node FROM into_changed WHERE relation = 'mentions'
                UNION SELECT later.node_id FROM changed CROSS JOIN LATERAL (
                    SELECT key FROM node_key
                    WHERE organization_id = :organization AND agent_id = :agent AND node_id = changed.node_id
                      AND left(key, 2) = 'n:') own
                    CROSS JOIN LATERAL (
                        SELECT node_id FROM node_key
                        WHERE organization_id = :organization AND agent_id = :agent AND key <> '' AND key = own.key
                          AND (occurred_at, node_id) > (changed.occurred_at, changed.node_id)
                        ORDER BY occurred_at, node_id LIMIT 1) later)
            SELECT touched.node_id AS from_node, earlier.node_id AS to_node, min(own.rules_version) AS rules_version,
                array_agg(own.name ORDER BY own.key) AS names
            FROM touched LEFT JOIN LATERAL (
                SELECT key, name, occurred_at, rules_version FROM node_key
                WHERE organization_id = :organization AND agent_id = :agent AND node_id = touched.node_id
                  AND left(key, 2) = 'n:') own ON true
                LEFT JOIN LATERAL (
                    SELECT node_id FROM node_key
                    WHERE organization_id = :organization AND agent_id = :agent AND key <> '' AND key = own.key
                      AND (occurred_at, node_id) < (own.occurred_at, touched.node_id)
                    ORDER BY occurred_at DESC, node_id DESC LIMIT 1) earlier ON true
            GROUP BY touched.node_id, earlier.node_id""";

    /** What memory had found, out of these nodes. */
    static final String PRESENT = """
            SELECT edge.* FROM unnest(:from::uuid[], :relations::text[]) AS wanted (node_id, relation) CROSS JOIN LATERAL (
                SELECT edge_id, from_node, to_node, relation, properties, rules_version, findings IS NULL AS shown, derived
                FROM edge
                WHERE organization_id = :organization AND agent_id = :agent AND from_node = wanted.node_id
                  AND relation = wanted.relation
                OFFSET 0) edge
            WHERE derived""";

    static final String DELETE = """
            WITH gone AS (
                DELETE FROM edge
                WHERE organization_id = :organization AND agent_id = :agent AND edge_id = ANY (:edges::uuid[])
                RETURNING 1)
            SELECT count(*) FROM gone""";

    /** What somebody has told already is not told again by memory. */
    static final String INSERT = """
            WITH made AS (
                INSERT INTO edge (organization_id, agent_id, edge_id, from_node, to_node, relation, valid_from, valid_to,
                    created_at, derived, properties, rules_version, findings, found_in)
                SELECT :organization, :agent, found.edge_id, found.from_node, found.to_node, found.relation, NULL, NULL, :at,
                    true, found.properties::json, coalesce(found.rules_version, node.rules_version), NULL, NULL
                FROM unnest(:edges::uuid[], :from::uuid[], :to::uuid[], :relations::text[], :properties::text[],
                        :rules::bigint[])
                    AS found (edge_id, from_node, to_node, relation, properties, rules_version)
                    CROSS JOIN LATERAL (
                        SELECT rules_version FROM node
                        WHERE organization_id = :organization AND agent_id = :agent AND node_id = found.from_node
                        LIMIT 1) node
                WHERE EXISTS (SELECT FROM node WHERE organization_id = :organization AND agent_id = :agent
                    AND node_id = found.to_node)
                ON CONFLICT DO NOTHING
                RETURNING 1)
            SELECT count(*) FROM made""";

    /**
     * In whose place others may hold, and which is the first of them: those that have a key in common with it, and those that were
     * found to say the same. The latest come first: what a node that was moved held for before is written when it comes to the
     * earlier ones. None in whose own place another was told to hold: it would not be seen either.
     */
    static final String SUCCESSORS = """
            WITH touched AS (
                SELECT node_id FROM unnest(:nodes::uuid[]) AS wanted (node_id)
                UNION SELECT older.node_id FROM unnest(:nodes::uuid[]) AS wanted (node_id) CROSS JOIN LATERAL (
                    SELECT node_id FROM node
                    WHERE organization_id = :organization AND agent_id = :agent AND superseded_by = wanted.node_id
                    OFFSET 0) older
                UNION SELECT earlier.node_id FROM unnest(:nodes::uuid[]) AS wanted (node_id) CROSS JOIN LATERAL (
                    SELECT key, occurred_at, node_id FROM node_key
                    WHERE organization_id = :organization AND agent_id = :agent AND node_id = wanted.node_id
                      AND left(key, 2) = ANY ('{d:,u:}')) own
                    CROSS JOIN LATERAL (
                        SELECT node_id FROM node_key
                        WHERE organization_id = :organization AND agent_id = :agent AND key <> '' AND key = own.key
                          AND (occurred_at, node_id) < (own.occurred_at, own.node_id)
                        ORDER BY occurred_at DESC, node_id DESC LIMIT 1) earlier)
            SELECT own.node_id, own.superseded_by, own.superseded_at, own.superseded_told, successor.node_id AS newer,
                successor.occurred_at AS newer_at, told.occurred_at AS told_at
            FROM touched CROSS JOIN LATERAL (
                SELECT node_id, occurred_at, superseded_by, superseded_at, superseded_told FROM node
                WHERE organization_id = :organization AND agent_id = :agent AND node_id = touched.node_id
                LIMIT 1) own
                LEFT JOIN LATERAL (
                    SELECT occurred_at FROM node
                    WHERE organization_id = :organization AND agent_id = :agent AND node_id = own.superseded_by
                    LIMIT 1) told ON true
                LEFT JOIN LATERAL (
                    SELECT candidate.node_id, candidate.occurred_at FROM (
                        SELECT later.node_id, later.occurred_at FROM node_key shared CROSS JOIN LATERAL (
                            SELECT other.node_id, other.occurred_at FROM node_key other
                            WHERE organization_id = :organization AND agent_id = :agent AND key <> ''
                              AND key = shared.key AND (occurred_at, node_id) > (own.occurred_at, own.node_id)
                              AND NOT EXISTS (
                                SELECT FROM node
                                WHERE organization_id = :organization AND agent_id = :agent
                                  AND node_id = other.node_id AND superseded_told AND superseded_by IS NOT NULL)
                            ORDER BY occurred_at, node_id LIMIT 1) later
                        WHERE shared.organization_id = :organization AND shared.agent_id = :agent
                          AND shared.node_id = own.node_id AND left(shared.key, 2) = ANY ('{d:,u:}')
                        UNION ALL
                        SELECT newer.node_id, newer.occurred_at FROM (
                            SELECT from_node, relation, derived, properties FROM edge
                            WHERE organization_id = :organization AND agent_id = :agent AND created_at > '-infinity'
                              AND to_node = own.node_id
                            OFFSET 0) edge
                            CROSS JOIN LATERAL (
                                SELECT node_id, occurred_at FROM node
                                WHERE organization_id = :organization AND agent_id = :agent AND node_id = edge.from_node
                                  AND (occurred_at, node_id) > (own.occurred_at, own.node_id)
                                  AND NOT (superseded_told AND superseded_by IS NOT NULL)
                                LIMIT 1) newer
                        WHERE edge.derived AND edge.relation = 'similar' AND edge.properties ->> 'same' = 'true') candidate
                    ORDER BY candidate.occurred_at, candidate.node_id LIMIT 1) successor ON true
            ORDER BY own.occurred_at DESC, own.node_id DESC""";

    static final String MARK = """
            UPDATE node SET searches = searches + 1, superseded_by = marked.newer, superseded_at = marked.at::timestamptz,
                superseded_told = marked.told, memory_version = marked.version
            FROM unnest(:nodes::uuid[], :newer::uuid[], :times::text[], :told::boolean[], :versions::bigint[])
                AS marked (node_id, newer, at, told, version)
            WHERE organization_id = :organization AND agent_id = :agent AND node.node_id = marked.node_id""";

    /** Nodes that have to be linked again when one is gone: a version of their own is enough. */
    static final String LEFT_BEHIND = """
            SELECT node_id, superseded_by, superseded_at, superseded_told FROM (
                SELECT from_node FROM (
                    SELECT from_node, relation, derived FROM edge
                    WHERE organization_id = :organization AND agent_id = :agent AND created_at > '-infinity'
                      AND to_node = :node
                    OFFSET 0) edge
                WHERE derived AND relation = ANY ('{next,mentions}')
                UNION SELECT node_id FROM (
                    SELECT node_id FROM node
                    WHERE organization_id = :organization AND agent_id = :agent AND superseded_by = :node
                    OFFSET 0) older) touched
                CROSS JOIN LATERAL (
                    SELECT node_id, superseded_by, superseded_at, superseded_told FROM node
                    WHERE organization_id = :organization AND agent_id = :agent AND node_id = touched.from_node
                      AND node_id <> :node
                    LIMIT 1) node""";

    private LinkSql() {}
}
