CREATE TABLE node (
    organization_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    node_id uuid NOT NULL,
    occurred_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    type text COLLATE "C" NOT NULL,
    session_id text COLLATE "C",
    external_id text COLLATE "C",
    content text NOT NULL,
    labels text[] NOT NULL,
    properties json NOT NULL,
    PRIMARY KEY (organization_id, agent_id, node_id),
    FOREIGN KEY (organization_id, agent_id) REFERENCES agent
);

CREATE UNIQUE INDEX node_by_external_id ON node (organization_id, agent_id, external_id)
    WHERE external_id IS NOT NULL;
-- As in event_by_type, the conditions that every row meets keep these for the pages that they were made for.
CREATE INDEX node_by_time ON node (organization_id, agent_id, occurred_at, node_id) WHERE created_at > '-infinity';
CREATE INDEX node_by_type ON node (organization_id, agent_id, type, occurred_at, node_id) WHERE type <> '';
CREATE INDEX node_by_session ON node (organization_id, agent_id, session_id, occurred_at, node_id)
    WHERE session_id IS NOT NULL;

ALTER TABLE node ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON node USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
);
GRANT SELECT, INSERT, UPDATE, DELETE ON node TO "${app}";

-- A node's labels once more, for the filter: an index on the array could not be used under row-level security, because
-- its operators are not leakproof, and gives no order anyway. The time is the node's, so that a page is read in order.
--
-- No foreign key, as for events: whoever writes a node writes its labels, in one transaction and under the head's lock. The
-- key's check was planned along the wrong index on a young database, and then read all nodes of the agent for each label.
CREATE TABLE node_label (
    organization_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    node_id uuid NOT NULL,
    label text COLLATE "C" NOT NULL,
    occurred_at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, agent_id, node_id, label)
);

CREATE INDEX node_label_by_time ON node_label (organization_id, agent_id, label, occurred_at, node_id)
    WHERE label <> '';

ALTER TABLE node_label ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON node_label USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
);
GRANT SELECT, INSERT, DELETE ON node_label TO "${app}";
