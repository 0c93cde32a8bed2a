-- The answers to requests that their clients named, for as long as a client may send one again.
CREATE TABLE idempotency_key (
    organization_id uuid NOT NULL,
    subject text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    fingerprint text COLLATE "C" NOT NULL,
    status integer NOT NULL,
    location text,
    body text NOT NULL,
    stored_at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, subject, key)
);

CREATE INDEX idempotency_key_by_age ON idempotency_key (organization_id, stored_at);

ALTER TABLE idempotency_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON idempotency_key USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
);
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_key TO "${app}";
