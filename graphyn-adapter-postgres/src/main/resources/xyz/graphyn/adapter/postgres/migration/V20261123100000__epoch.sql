-- Names the history that the numbers of events belong to. It is renewed where a database was brought back to an earlier state
-- in a way that it can't notice by itself. One row, nothing of any tenant: no row-level security.
CREATE TABLE epoch (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    name uuid NOT NULL DEFAULT gen_random_uuid()
);

INSERT INTO epoch DEFAULT VALUES;
GRANT SELECT ON epoch TO "${app}";

-- How many bytes the payload has, so that a page can be bounded by what it weighs without reading it. Null where a server of
-- the version before wrote the row.
ALTER TABLE event ADD COLUMN payload_bytes integer;
