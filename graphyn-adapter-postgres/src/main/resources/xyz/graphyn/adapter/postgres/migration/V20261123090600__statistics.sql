-- What the planner has to know about tenants, lest it take one index for another.
--
-- It multiplies how rare an organization is by how rare an agent is, and once more by the policy, and so believes that an
-- agent has next to no rows. Then any index that begins with the two seems as good as the one that fits, and a look-up by
-- id reads all that the agent has. So it is told that an agent has one organization; that there are ten of them, which makes
-- the policy's list of unknown length no condition to speak of; and that agents have a thousand rows each, however many
-- small ones there are: plans shall be made for the big ones.
ALTER TABLE event ALTER COLUMN organization_id SET (n_distinct = 10), ALTER COLUMN agent_id SET (n_distinct = -0.001);
CREATE STATISTICS event_tenant (dependencies) ON organization_id, agent_id FROM event;
ALTER TABLE event_span
    ALTER COLUMN organization_id SET (n_distinct = 10), ALTER COLUMN agent_id SET (n_distinct = -0.001);
CREATE STATISTICS event_span_tenant (dependencies) ON organization_id, agent_id FROM event_span;
ALTER TABLE node ALTER COLUMN organization_id SET (n_distinct = 10), ALTER COLUMN agent_id SET (n_distinct = -0.001);
CREATE STATISTICS node_tenant (dependencies) ON organization_id, agent_id FROM node;
ALTER TABLE node_label ALTER COLUMN organization_id SET (n_distinct = 10), ALTER COLUMN agent_id SET (n_distinct = -0.001);
CREATE STATISTICS node_label_tenant (dependencies) ON organization_id, agent_id FROM node_label;

-- Statistics are taken when there are rows, which may be a minute after the first ten thousand. Until then those of the
-- rows that follow hold; they outlast the rows. Each has an organization of its own, made here, by whose id all of it is
-- written and deleted again: a superuser, whom no policy holds, may be the one that runs this, and on a database in use.
LOCK TABLE event, event_span, node, node_label IN ACCESS EXCLUSIVE MODE;
SELECT set_config('graphyn.unused', (pg_relation_size('event') + pg_relation_size('event_span')
    + pg_relation_size('node') + pg_relation_size('node_label') = 0)::text, true);
SELECT set_config('graphyn.organizations', array_agg(gen_random_uuid())::text, true) FROM generate_series(1, 1000);

INSERT INTO organization (organization_id, issuer, kind, external_id)
SELECT id, '', 'ORGANIZATION', id FROM unnest(current_setting('graphyn.organizations')::uuid[]) AS id;

INSERT INTO agent (organization_id, agent_id, name, name_folded, metadata, created_by, created_at, updated_at)
SELECT id, id, '', '', '{}', '', now(), now() FROM unnest(current_setting('graphyn.organizations')::uuid[]) AS id;

INSERT INTO event (organization_id, agent_id, event_id, seq, occurred_at, received_at, type, session_id, external_id, payload)
SELECT id, id, id, n, now() + n * interval '1 second', now(), 't' || n, 's' || n, 'e' || n, '{}'
FROM unnest(current_setting('graphyn.organizations')::uuid[]) WITH ORDINALITY AS made (id, n);

INSERT INTO event_span (organization_id, agent_id, span, earliest, latest)
SELECT id, id, n, now() + n * interval '1 second', now() + n * interval '1 second'
FROM unnest(current_setting('graphyn.organizations')::uuid[]) WITH ORDINALITY AS made (id, n);

INSERT INTO node (organization_id, agent_id, node_id, occurred_at, created_at, updated_at, type, session_id, external_id,
    content, labels, properties)
SELECT id, id, id, now() + n * interval '1 second', now() + n * interval '1 second', now() + n * interval '1 second',
    't' || n, 's' || n, 'e' || n, '', '{}', '{}'
FROM unnest(current_setting('graphyn.organizations')::uuid[]) WITH ORDINALITY AS made (id, n);

INSERT INTO node_label (organization_id, agent_id, node_id, label, occurred_at)
SELECT id, id, id, 't' || n, now() + n * interval '1 second'
FROM unnest(current_setting('graphyn.organizations')::uuid[]) WITH ORDINALITY AS made (id, n);

ANALYZE event, event_span, node, node_label;

-- The sizes that deleted rows leave behind, those of the indexes above all, would mislead the planner again. Where not one
-- page was in use before the lock was taken, there is nobody's row to lose; anywhere else, nothing is truncated.
DO $$
BEGIN
    IF current_setting('graphyn.unused')::boolean THEN
        TRUNCATE event, event_span, node, node_label;
    END IF;
END
$$;

DELETE FROM node_label WHERE organization_id = ANY (current_setting('graphyn.organizations')::uuid[]);
DELETE FROM node WHERE organization_id = ANY (current_setting('graphyn.organizations')::uuid[]);
DELETE FROM event_span WHERE organization_id = ANY (current_setting('graphyn.organizations')::uuid[]);
DELETE FROM event WHERE organization_id = ANY (current_setting('graphyn.organizations')::uuid[]);
DELETE FROM agent WHERE organization_id = ANY (current_setting('graphyn.organizations')::uuid[]);
DELETE FROM organization WHERE organization_id = ANY (current_setting('graphyn.organizations')::uuid[]);
