-- What memory is made of beside its nodes. All of it changes under the lock on the agent's head, and the counters stand there,
-- so that asking how far memory is costs no more the more there is.
ALTER TABLE agent_head
    ADD COLUMN nodes bigint NOT NULL DEFAULT 0,
    ADD COLUMN node_tokens bigint NOT NULL DEFAULT 0,
    ADD COLUMN edges bigint NOT NULL DEFAULT 0,
    -- Up to here, events are part of memory or set aside.
    ADD COLUMN processed_seq bigint NOT NULL DEFAULT 0,
    ADD COLUMN set_aside bigint NOT NULL DEFAULT 0,
    -- These three as memory_backlog has them, so that an append knows without looking whether it must write there.
    ADD COLUMN behind boolean NOT NULL DEFAULT false,
    -- Whether there are nodes of the release before, whose tokens nobody has counted.
    ADD COLUMN uncounted boolean NOT NULL DEFAULT false,
    -- The model of which all nodes have an embedding; '' if they have not, null if there were no nodes yet.
    ADD COLUMN embedded_by text COLLATE "C";

ALTER TABLE node
    -- Null where nobody has counted them.
    ADD COLUMN tokens integer,
    ADD COLUMN source_event_id uuid,
    ADD COLUMN source_external_id text COLLATE "C",
    ADD COLUMN superseded_by uuid,
    -- Each change of a node, or of what belongs to it, has its own: the head's memory_version, raised by one.
    ADD COLUMN memory_version bigint NOT NULL DEFAULT 0,
    -- The model of the row in node_embedding; '' if there is none.
    ADD COLUMN embedding_model text COLLATE "C" NOT NULL DEFAULT '';

CREATE UNIQUE INDEX node_by_source ON node (organization_id, agent_id, source_event_id)
    WHERE source_event_id IS NOT NULL;
-- As in event_by_type, the conditions that every row meets keep these for the questions that they were made for.
CREATE INDEX node_by_version ON node (organization_id, agent_id, memory_version) WHERE memory_version >= 0;
CREATE INDEX node_by_embedding ON node (organization_id, agent_id, embedding_model, node_id)
    WHERE updated_at > '-infinity';
CREATE INDEX node_uncounted ON node (organization_id, agent_id, node_id) WHERE tokens IS NULL;

-- That a node is gone, for whoever follows memory.
CREATE TABLE node_removed (
    organization_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    memory_version bigint NOT NULL,
    node_id uuid NOT NULL,
    PRIMARY KEY (organization_id, agent_id, memory_version)
);

ALTER TABLE node_removed ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON node_removed USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
);
GRANT SELECT, INSERT, DELETE ON node_removed TO "${app}";

-- Vectors of a node's passages, one after the other, all of one length; and where each passage stands in the content, in
-- UTF-16 units. Of one model, which the node names. No foreign key, as for labels.
CREATE TABLE node_embedding (
    organization_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    node_id uuid NOT NULL,
    starts integer[] NOT NULL,
    ends integer[] NOT NULL,
    vectors bytea NOT NULL,
    PRIMARY KEY (organization_id, agent_id, node_id)
);

-- Numbers do not compress.
ALTER TABLE node_embedding ALTER COLUMN vectors SET STORAGE EXTERNAL;
ALTER TABLE node_embedding ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON node_embedding USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
);
GRANT SELECT, INSERT, UPDATE, DELETE ON node_embedding TO "${app}";

-- Events that memory went past without taking them in. What is told of an error repeats nothing of the payload.
CREATE TABLE memory_failure (
    organization_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    seq bigint NOT NULL,
    event_id uuid NOT NULL,
    error text NOT NULL,
    attempts integer NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, agent_id, seq)
);

ALTER TABLE memory_failure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON memory_failure USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
);
GRANT SELECT, INSERT, UPDATE, DELETE ON memory_failure TO "${app}";

-- What the planner has to know about tenants: see V20261123090600.
ALTER TABLE node_removed
    ALTER COLUMN organization_id SET (n_distinct = 10), ALTER COLUMN agent_id SET (n_distinct = -0.001);
CREATE STATISTICS node_removed_tenant (dependencies) ON organization_id, agent_id FROM node_removed;
ALTER TABLE node_embedding
    ALTER COLUMN organization_id SET (n_distinct = 10), ALTER COLUMN agent_id SET (n_distinct = -0.001);
CREATE STATISTICS node_embedding_tenant (dependencies) ON organization_id, agent_id FROM node_embedding;
ALTER TABLE memory_failure
    ALTER COLUMN organization_id SET (n_distinct = 10), ALTER COLUMN agent_id SET (n_distinct = -0.001);
CREATE STATISTICS memory_failure_tenant (dependencies) ON organization_id, agent_id FROM memory_failure;

-- Agents that have memory, and in what it is behind. A row is written when that changes, under the lock on the head, not with
-- each append. It holds ids and the names of models only, so that a worker who serves all organizations may find its work
-- here: no row-level security.
CREATE TABLE memory_backlog (
    organization_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    -- In events, or in counting tokens.
    behind boolean NOT NULL,
    -- As in agent_head.
    embedded_by text COLLATE "C",
    -- Somebody is at it, or was cut off; if in the past, when it was given back.
    taken_until timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (organization_id, agent_id)
);

CREATE INDEX memory_backlog_behind ON memory_backlog (taken_until) WHERE behind;
CREATE INDEX memory_backlog_embedded ON memory_backlog (embedded_by) WHERE embedded_by IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON memory_backlog TO "${app}";

-- What is here already becomes part of memory like anything else: events from the first on, and nodes get their tokens
-- counted. The owner is held by the policies as well, and may see all for these statements.
-- The triggers on rows of version 0 do their work at once, since no table can be altered that has some left to do.
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE agent_head NO FORCE ROW LEVEL SECURITY;
ALTER TABLE node NO FORCE ROW LEVEL SECURITY;

UPDATE node SET memory_version = numbered.version, searches = searches + 1
FROM (SELECT organization_id, agent_id, node_id,
          row_number() OVER (PARTITION BY organization_id, agent_id ORDER BY node_id) AS version
      FROM node) numbered
WHERE node.organization_id = numbered.organization_id AND node.agent_id = numbered.agent_id
  AND node.node_id = numbered.node_id;

UPDATE agent_head SET nodes = counted.nodes, memory_version = greatest(memory_version, counted.nodes),
    uncounted = true, embedded_by = ''
FROM (SELECT organization_id, agent_id, count(*) AS nodes FROM node GROUP BY organization_id, agent_id) counted
WHERE agent_head.organization_id = counted.organization_id AND agent_head.agent_id = counted.agent_id;

UPDATE agent_head SET behind = true WHERE event_seq > 0 OR uncounted;

INSERT INTO memory_backlog (organization_id, agent_id, behind, embedded_by)
SELECT organization_id, agent_id, behind, embedded_by FROM agent_head WHERE behind;

ALTER TABLE node FORCE ROW LEVEL SECURITY;
ALTER TABLE agent_head FORCE ROW LEVEL SECURITY;
