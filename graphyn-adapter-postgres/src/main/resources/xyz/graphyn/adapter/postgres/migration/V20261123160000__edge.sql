-- What holds between two nodes of an agent, and how long. No foreign keys, as for labels: whoever writes an edge holds the
-- head's lock and has looked at its nodes, and whoever removes a node takes its edges along, in one transaction.
CREATE TABLE edge (
    organization_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    edge_id uuid NOT NULL,
    from_node uuid NOT NULL,
    to_node uuid NOT NULL,
    relation text COLLATE "C" NOT NULL,
    valid_from timestamptz,
    valid_to timestamptz,
    created_at timestamptz NOT NULL,
    -- Found by memory itself, which may take it back.
    derived boolean NOT NULL,
    properties json NOT NULL,
    rules_version bigint NOT NULL,
    findings bytea,
    -- As bits: 1 relation, 8 properties.
    found_in bigint,
    PRIMARY KEY (organization_id, agent_id, edge_id)
);

-- One fact is told once.
CREATE UNIQUE INDEX edge_from ON edge (organization_id, agent_id, from_node, relation, to_node, valid_from)
    NULLS NOT DISTINCT;
CREATE INDEX edge_to ON edge (organization_id, agent_id, to_node, relation, edge_id);
CREATE INDEX edge_by_relation ON edge (organization_id, agent_id, relation, edge_id) WHERE relation <> '';

ALTER TABLE edge ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON edge USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
);
GRANT SELECT, INSERT, UPDATE, DELETE ON edge TO "${app}";

-- What the planner has to know about tenants: see V20261123090600.
ALTER TABLE edge
    ALTER COLUMN organization_id SET (n_distinct = 10), ALTER COLUMN agent_id SET (n_distinct = -0.001);
CREATE STATISTICS edge_tenant (dependencies) ON organization_id, agent_id FROM edge;
