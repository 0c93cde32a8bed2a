-- How often the policy alone was changed: rows stay searched by the rules' own revision. The revision of the settings is the sum
-- of the two, so that a server of the release before, which knows only that of the rules, moves it as well.
ALTER TABLE masking_settings ADD COLUMN policy_revision integer NOT NULL DEFAULT 0;
