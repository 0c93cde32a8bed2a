-- By which rules the rows of an agent have been searched: one row for each version that any of them has. Whoever writes a row
-- sees to it; whoever searches again takes a version away when no row has it any more. It holds ids and numbers only, so
-- that a worker who serves all organizations may find its work here: no row-level security.
CREATE TABLE agent_rules (
    organization_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    rules_version bigint NOT NULL,
    -- Up to these, no event and no node has this version any more.
    event_seq bigint NOT NULL DEFAULT 0,
    node_id uuid,
    -- How often rows of this version were written since a later one had been: then the nodes are gone through once more.
    notes bigint NOT NULL DEFAULT 0,
    -- Somebody is searching, or was cut off.
    taken_until timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (organization_id, agent_id, rules_version)
);

CREATE INDEX agent_rules_by_version ON agent_rules (rules_version);
CREATE INDEX agent_rules_of_organization ON agent_rules (organization_id, rules_version);
GRANT SELECT, INSERT, UPDATE, DELETE ON agent_rules TO "${app}";

-- The revision of each organization's own rules, where it has some: for the same worker.
CREATE TABLE organization_rules (
    organization_id uuid PRIMARY KEY,
    revision integer NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON organization_rules TO "${app}";

-- The latest version that was written to the agent. What is written by this one needs no note; an append reads it with the
-- head that it locks anyway.
ALTER TABLE agent_head ADD COLUMN rules_version bigint NOT NULL DEFAULT 0;

-- The owner is held by the policies as well, and may see all for these two statements.
ALTER TABLE agent_head NO FORCE ROW LEVEL SECURITY;
INSERT INTO agent_rules (organization_id, agent_id, rules_version) SELECT organization_id, agent_id, 0 FROM agent_head;
ALTER TABLE agent_head FORCE ROW LEVEL SECURITY;
