-- Two roles: the one that runs this owns everything and is used for nothing else; the server's own ("${app}") owns
-- nothing, so that neither a mistake nor an intruder in the server can lift the walls that follow.
GRANT USAGE ON SCHEMA "${flyway:defaultSchema}" TO "${app}";

-- The server compares the version of the schema with its own.
GRANT SELECT ON "${flyway:table}" TO "${app}";

-- Every table of tenants has row-level security, forced on the owner too, by the list of organizations that the
-- statement itself sets. Without one nothing is seen: current_setting gives null, or '' where it was set before. The
-- sub-select makes the list a constant of the statement: evaluated once, and fit for an index condition.

CREATE TABLE organization (
    organization_id uuid PRIMARY KEY,
    issuer text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('ORGANIZATION', 'PERSONAL')),
    external_id text COLLATE "C" NOT NULL,
    UNIQUE (issuer, kind, external_id)
);

ALTER TABLE organization ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- Who resolves an organization doesn't know its id yet. They see the one row that they name, and no other.
CREATE POLICY tenant ON organization USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
    OR (issuer = current_setting('graphyn.issuer', true)
        AND kind = current_setting('graphyn.kind', true)
        AND external_id = current_setting('graphyn.external_id', true))
);

GRANT SELECT, INSERT ON organization TO "${app}";
