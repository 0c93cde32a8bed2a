-- Text that is only compared has COLLATE "C": quicker, and no index breaks when the operating system's locales change.
--
-- No foreign key: the head, which every append locks, proves the agent, and inserts run a third faster.
CREATE TABLE event (
    organization_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    event_id uuid NOT NULL,
    seq bigint NOT NULL,
    occurred_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    type text COLLATE "C" NOT NULL,
    session_id text COLLATE "C",
    external_id text COLLATE "C",
    payload json NOT NULL,
    PRIMARY KEY (organization_id, agent_id, seq)
);

CREATE UNIQUE INDEX event_by_id ON event (organization_id, agent_id, event_id);
CREATE UNIQUE INDEX event_by_external_id ON event (organization_id, agent_id, external_id)
    WHERE external_id IS NOT NULL;
-- The condition, which every row meets, keeps this index for the statements that repeat it. One that asks for a seq would
-- else be given it now and then, in place of the primary key, and would read all that an agent has: while the planner
-- doesn't know how much that is, the two cost it the same.
CREATE INDEX event_by_type ON event (organization_id, agent_id, type, seq) WHERE type <> '';
CREATE INDEX event_by_session ON event (organization_id, agent_id, session_id, seq) WHERE session_id IS NOT NULL;

ALTER TABLE event ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON event USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
);
GRANT SELECT, INSERT, DELETE ON event TO "${app}";

-- When the events of each thousand of an agent's log occurred. A question for a time range, answered in the order of seq,
-- can't be served by an index on the time without sorting the range, nor by one on seq without reading all that lies
-- outside it; by this table it reads the spans that overlap the range and skips the others.
CREATE TABLE event_span (
    organization_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    span bigint NOT NULL, -- seq / 1000
    earliest timestamptz NOT NULL,
    latest timestamptz NOT NULL,
    PRIMARY KEY (organization_id, agent_id, span)
) WITH (fillfactor = 80);

ALTER TABLE event_span ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON event_span USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
);
GRANT SELECT, INSERT, UPDATE, DELETE ON event_span TO "${app}";
