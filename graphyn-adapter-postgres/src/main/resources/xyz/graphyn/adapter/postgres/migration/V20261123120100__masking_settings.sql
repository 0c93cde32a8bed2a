-- What organizations decided about what is sensitive. Lists that belong together have their elements at the same places.
CREATE TABLE masking_settings (
    organization_id uuid PRIMARY KEY REFERENCES organization,
    rules_revision integer NOT NULL,
    phone_regions text[] NOT NULL,
    field_paths text[] NOT NULL,
    field_kinds text[] NOT NULL,
    pattern_names text[] NOT NULL,
    pattern_regexes text[] NOT NULL,
    pattern_kinds text[] NOT NULL,
    roles text[] NOT NULL,
    levels text[] NOT NULL,
    unhidden text[] NOT NULL,
    CHECK (cardinality(field_paths) = cardinality(field_kinds)),
    CHECK (cardinality(pattern_names) = ALL (ARRAY[cardinality(pattern_regexes), cardinality(pattern_kinds)])),
    CHECK (cardinality(roles) = cardinality(levels))
);

ALTER TABLE masking_settings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON masking_settings USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
);
GRANT SELECT, INSERT, UPDATE ON masking_settings TO "${app}";
