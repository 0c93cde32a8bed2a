-- Who did what. No foreign key: an entry outlives all that it names, and a key on the organization would make every
-- append of a tenant touch the same row.
CREATE TABLE audit_entry (
    organization_id uuid NOT NULL,
    entry_id uuid NOT NULL,
    at timestamptz NOT NULL,
    actor text COLLATE "C" NOT NULL,
    impersonator text COLLATE "C",
    action text COLLATE "C" NOT NULL,
    target_kind text COLLATE "C" NOT NULL,
    agent_id uuid,
    target_id uuid NOT NULL,
    request_id text COLLATE "C" NOT NULL,
    details jsonb NOT NULL,
    PRIMARY KEY (organization_id, entry_id)
);

ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON audit_entry USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
);

-- Written once, never changed, not even by the server.
REVOKE ALL ON audit_entry FROM PUBLIC, "${app}";
GRANT SELECT, INSERT ON audit_entry TO "${app}";
