-- What organizations decided about their meter: see SavingsSettings.
CREATE TABLE savings_settings (
    organization_id uuid PRIMARY KEY REFERENCES organization,
    window_messages integer NOT NULL
);

ALTER TABLE savings_settings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON savings_settings USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
);
GRANT SELECT, INSERT, UPDATE ON savings_settings TO "${app}";
