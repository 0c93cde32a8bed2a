-- What memory finds by itself: what nodes have in common, and which of them hold in the place of others.
ALTER TABLE agent_head
    -- Up to here, changes of memory are linked.
    ADD COLUMN linked_version bigint NOT NULL DEFAULT 0;

ALTER TABLE node
    -- When the one that holds in its place occurred; null if none does.
    ADD COLUMN superseded_at timestamptz,
    -- Somebody has told superseded_by, or that there is none: memory does not judge by itself any more.
    ADD COLUMN superseded_told boolean NOT NULL DEFAULT false;

CREATE INDEX node_superseded ON node (organization_id, agent_id, superseded_by) WHERE superseded_by IS NOT NULL;

-- What a node may have in common with others, by masked text: names, and digests of what it says. The time is the node's, as in
-- node_label, and there is no foreign key for the same reason.
CREATE TABLE node_key (
    organization_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    node_id uuid NOT NULL,
    key text COLLATE "C" NOT NULL,
    -- As this node spells it.
    name text,
    occurred_at timestamptz NOT NULL,
    -- Of the rules by which the text was masked.
    rules_version bigint NOT NULL,
    PRIMARY KEY (organization_id, agent_id, node_id, key)
);

CREATE INDEX node_key_by_time ON node_key (organization_id, agent_id, key, occurred_at, node_id) WHERE key <> '';

ALTER TABLE node_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON node_key USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
);
GRANT SELECT, INSERT, DELETE ON node_key TO "${app}";

-- What the planner has to know about tenants: see V20261123090600.
ALTER TABLE node_key
    ALTER COLUMN organization_id SET (n_distinct = 10), ALTER COLUMN agent_id SET (n_distinct = -0.001);
CREATE STATISTICS node_key_tenant (dependencies) ON organization_id, agent_id FROM node_key;

-- What is here already is linked like anything else. The owner is held by the policies as well, and may see all for this.
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE agent_head NO FORCE ROW LEVEL SECURITY;

UPDATE agent_head SET behind = true WHERE memory_version > 0;

INSERT INTO memory_backlog (organization_id, agent_id, behind, embedded_by)
SELECT organization_id, agent_id, behind, embedded_by FROM agent_head WHERE behind
ON CONFLICT (organization_id, agent_id) DO UPDATE SET behind = true;

ALTER TABLE agent_head FORCE ROW LEVEL SECURITY;
