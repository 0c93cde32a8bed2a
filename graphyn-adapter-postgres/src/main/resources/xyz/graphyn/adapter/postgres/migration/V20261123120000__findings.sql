-- What is sensitive in a row: the rules by which it was searched, what they found (null if nothing), and in which of its
-- texts, as bits (null if in none): 1 type or name, 2 session, 4 external id, 8 payload, content or anything else, and from
-- 16 upwards one for each label in its place. The bits are for questions, which must not match a text with a finding in it.
-- Rows that are here already were searched by nobody.
ALTER TABLE event ADD COLUMN rules_version bigint NOT NULL DEFAULT 0, ADD COLUMN findings bytea, ADD COLUMN found_in bigint;
ALTER TABLE node ADD COLUMN rules_version bigint NOT NULL DEFAULT 0, ADD COLUMN findings bytea, ADD COLUMN found_in bigint;
ALTER TABLE agent ADD COLUMN rules_version bigint NOT NULL DEFAULT 0, ADD COLUMN findings bytea, ADD COLUMN found_in bigint;

-- An event never changes. What is known of it does, when it is searched by other rules.
GRANT UPDATE (rules_version, findings, found_in) ON event TO "${app}";
