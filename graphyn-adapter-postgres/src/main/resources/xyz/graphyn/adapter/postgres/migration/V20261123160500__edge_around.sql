-- A node's edges newest first, either way, however many it has. As in event_by_type, the condition that every row meets keeps
-- these for the questions that they were made for.
CREATE INDEX edge_out ON edge (organization_id, agent_id, from_node, edge_id) WHERE created_at > '-infinity';
CREATE INDEX edge_in ON edge (organization_id, agent_id, to_node, edge_id) WHERE created_at > '-infinity';
DROP INDEX edge_to;

-- Up to here, no edge has the version any more: as node_id says of nodes.
ALTER TABLE agent_rules ADD COLUMN edge_id uuid;

-- Statistics are taken when there are rows. Until then those of the rows that follow hold, as V20261123090600 says of events and
-- nodes. Their ids are lower than any that will be: a place in a list shall be taken for one that has all edges before it.
LOCK TABLE edge IN ACCESS EXCLUSIVE MODE;
SELECT set_config('graphyn.unused', (pg_relation_size('edge') = 0)::text, true);
SELECT set_config('graphyn.organizations', array_agg(gen_random_uuid())::text, true) FROM generate_series(1, 1000);

INSERT INTO edge (organization_id, agent_id, edge_id, from_node, to_node, relation, created_at, derived, properties, rules_version)
SELECT id, id, lpad(to_hex(n), 32, '0')::uuid, id, id, 't' || n, now() + n * interval '1 second', false, '{}', 0
FROM unnest(current_setting('graphyn.organizations')::uuid[]) WITH ORDINALITY AS made (id, n);

ANALYZE edge;

DO $$
BEGIN
    IF current_setting('graphyn.unused')::boolean THEN
        TRUNCATE edge;
    END IF;
END
$$;

DELETE FROM edge WHERE organization_id = ANY (current_setting('graphyn.organizations')::uuid[]);
