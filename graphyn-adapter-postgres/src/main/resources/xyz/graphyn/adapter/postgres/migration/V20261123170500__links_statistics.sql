-- Whether an agent has a node of which somebody told which one holds in its place: only such can lead backwards in time.
CREATE INDEX node_superseded_told ON node (organization_id, agent_id) WHERE superseded_told AND superseded_by IS NOT NULL;

-- Statistics are taken when there are rows. Until then those of the rows that follow hold, as V20261123090600 says of events and
-- nodes.
LOCK TABLE node_key IN ACCESS EXCLUSIVE MODE;
SELECT set_config('graphyn.unused', (pg_relation_size('node_key') = 0)::text, true);
SELECT set_config('graphyn.organizations', array_agg(gen_random_uuid())::text, true) FROM generate_series(1, 1000);

INSERT INTO node_key (organization_id, agent_id, node_id, key, name, occurred_at, rules_version)
SELECT id, id, id, 'n:' || n, 'n' || n, now() + n * interval '1 second', 0
FROM unnest(current_setting('graphyn.organizations')::uuid[]) WITH ORDINALITY AS made (id, n);

ANALYZE node_key;

DO $$
BEGIN
    IF current_setting('graphyn.unused')::boolean THEN
        TRUNCATE node_key;
    END IF;
END
$$;

DELETE FROM node_key WHERE organization_id = ANY (current_setting('graphyn.organizations')::uuid[]);
