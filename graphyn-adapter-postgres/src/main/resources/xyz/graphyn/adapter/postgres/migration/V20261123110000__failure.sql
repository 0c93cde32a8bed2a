-- What went wrong in delivery, for a while. A row without an organization concerns all of them and tells of none. No foreign
-- key: a note must not fail for what was removed meanwhile.
CREATE TABLE failure (
    organization_id uuid,
    failure_id uuid NOT NULL,
    at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    count bigint NOT NULL,
    server text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    agent_id uuid,
    client text,
    seq bigint,
    detail text NOT NULL,
    UNIQUE NULLS NOT DISTINCT (organization_id, failure_id)
);

CREATE INDEX failure_by_time ON failure (organization_id, last_at, failure_id);
-- As in event_by_type, the condition that every row meets keeps this for the pages that it was made for.
CREATE INDEX failure_by_kind ON failure (organization_id, kind, last_at, failure_id) WHERE kind <> '';
CREATE INDEX failure_by_agent ON failure (organization_id, agent_id, last_at, failure_id) WHERE agent_id IS NOT NULL;

-- What concerns all is seen by everybody who says who they are.
ALTER TABLE failure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON failure USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
    OR (organization_id IS NULL AND (SELECT nullif(current_setting('graphyn.organizations', true), '')) IS NOT NULL)
);
GRANT SELECT, INSERT, DELETE ON failure TO "${app}";
