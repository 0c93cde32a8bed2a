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
-- rows that follow hold; they outlast the rows.
SELECT set_config('graphyn.organizations', array_agg(gen_random_uuid())::text, true) FROM generate_series(1, 1000);

INSERT INTO organization (organization_id, issuer, kind, external_id)
SELECT id, '', 'ORGANIZATION', id FROM unnest(current_setting('graphyn.organizations')::uuid[]) AS id;

INSERT INTO agent (organization_id, agent_id, name, name_folded, metadata, created_by, created_at, updated_at)
SELECT organization_id, gen_random_uuid(), '', '', '{}', '', now(), now() FROM organization;

INSERT INTO event (organization_id, agent_id, event_id, seq, occurred_at, received_at, type, session_id, external_id, payload)
SELECT organization_id, agent_id, gen_random_uuid(), n, now() + n * interval '1 second', now(), 't' || n, 's' || n, 'e' || n,
    '{}'
FROM (SELECT organization_id, agent_id, row_number() OVER () AS n FROM agent) made;

INSERT INTO event_span (organization_id, agent_id, span, earliest, latest)
SELECT organization_id, agent_id, seq, occurred_at, occurred_at FROM event;

INSERT INTO node (organization_id, agent_id, node_id, occurred_at, created_at, updated_at, type, session_id, external_id,
    content, labels, properties)
SELECT organization_id, agent_id, event_id, occurred_at, occurred_at, occurred_at, type, session_id, external_id, '', '{}', '{}'
FROM event;

INSERT INTO node_label (organization_id, agent_id, node_id, label, occurred_at)
SELECT organization_id, agent_id, node_id, type, occurred_at FROM node;

ANALYZE event, event_span, node, node_label;
TRUNCATE organization, agent, agent_head, event, event_span, node, node_label;
