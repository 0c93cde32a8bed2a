CREATE TABLE agent (
    organization_id uuid NOT NULL REFERENCES organization,
    agent_id uuid NOT NULL,
    name text NOT NULL,
    -- In lower case by Unicode's rules, whatever locale the database was made with.
    name_folded text COLLATE "C" NOT NULL,
    description text,
    instructions text,
    model text,
    metadata json NOT NULL,
    created_by text COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    -- Gone for everybody; the row stays until all that hangs on it is purged.
    removed boolean NOT NULL DEFAULT false,
    PRIMARY KEY (organization_id, agent_id)
);

ALTER TABLE agent ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON agent USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
);
GRANT SELECT, INSERT, UPDATE, DELETE ON agent TO "${app}";

-- How far an agent's log and memory are. Whoever appends locks this row; a removed agent has none, so that nothing can
-- be appended to it and nothing of it is read. Its page is kept half empty: each append rewrites the row, in place.
CREATE TABLE agent_head (
    organization_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    event_seq bigint NOT NULL DEFAULT 0,
    memory_version bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (organization_id, agent_id),
    FOREIGN KEY (organization_id, agent_id) REFERENCES agent
) WITH (fillfactor = 50);

ALTER TABLE agent_head ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON agent_head USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
);
GRANT SELECT, INSERT, UPDATE, DELETE ON agent_head TO "${app}";

-- Removed agents whose rows are still to be deleted. It holds ids only, so that a worker who serves all organizations
-- may find its work here: no row-level security.
CREATE TABLE agent_purge (
    organization_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    PRIMARY KEY (organization_id, agent_id)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON agent_purge TO "${app}";
