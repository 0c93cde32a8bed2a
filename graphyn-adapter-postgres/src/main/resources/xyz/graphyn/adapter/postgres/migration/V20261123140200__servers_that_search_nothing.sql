-- Who created an agent was searched by nobody yet. The owner is held by the policies as well, and may see all for this.
ALTER TABLE agent NO FORCE ROW LEVEL SECURITY;
UPDATE agent SET rules_version = 0, findings = NULL, found_in = NULL WHERE NOT removed;
INSERT INTO agent_rules (organization_id, agent_id, rules_version)
SELECT organization_id, agent_id, 0 FROM agent WHERE NOT removed
ON CONFLICT DO NOTHING;
ALTER TABLE agent FORCE ROW LEVEL SECURITY;

-- While servers are replaced one by one, some may still run that know nothing of findings. What they insert has version 0, by
-- the column's default; what they change would keep what was found in another text. Who searches what he writes counts here,
-- and so is told from who does not.
ALTER TABLE agent ADD COLUMN searches bigint NOT NULL DEFAULT 0;
ALTER TABLE node ADD COLUMN searches bigint NOT NULL DEFAULT 0;

CREATE FUNCTION "${flyway:defaultSchema}".forget_findings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.rules_version := 0;
    NEW.findings := NULL;
    NEW.found_in := NULL;
    RETURN NEW;
END $$;

CREATE TRIGGER forget_findings BEFORE UPDATE ON agent FOR EACH ROW
    WHEN (NEW.searches = OLD.searches AND NEW.rules_version = OLD.rules_version AND NOT NEW.removed)
    EXECUTE FUNCTION "${flyway:defaultSchema}".forget_findings();
CREATE TRIGGER forget_findings BEFORE UPDATE ON node FOR EACH ROW
    WHEN (NEW.searches = OLD.searches AND NEW.rules_version = OLD.rules_version)
    EXECUTE FUNCTION "${flyway:defaultSchema}".forget_findings();

-- Rows of version 0 are noted for the search in the background, by whomever they are written. At the end of the transaction,
-- since agent_rules is locked last.
CREATE FUNCTION "${flyway:defaultSchema}".note_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "${flyway:defaultSchema}".agent_rules (organization_id, agent_id, rules_version, event_seq)
    VALUES (NEW.organization_id, NEW.agent_id, 0, NEW.seq - 1)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

-- A node may lie anywhere, so that they are gone through once more.
CREATE FUNCTION "${flyway:defaultSchema}".note_node() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "${flyway:defaultSchema}".agent_rules AS noted (organization_id, agent_id, rules_version)
    VALUES (NEW.organization_id, NEW.agent_id, 0)
    ON CONFLICT (organization_id, agent_id, rules_version) DO UPDATE SET notes = noted.notes + 1, node_id = NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION "${flyway:defaultSchema}".note_agent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "${flyway:defaultSchema}".agent_rules (organization_id, agent_id, rules_version)
    VALUES (NEW.organization_id, NEW.agent_id, 0)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER note_event AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.rules_version = 0) EXECUTE FUNCTION "${flyway:defaultSchema}".note_event();
CREATE CONSTRAINT TRIGGER note_node AFTER INSERT OR UPDATE ON node DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.rules_version = 0) EXECUTE FUNCTION "${flyway:defaultSchema}".note_node();
CREATE CONSTRAINT TRIGGER note_agent AFTER INSERT OR UPDATE ON agent DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.rules_version = 0 AND NOT NEW.removed) EXECUTE FUNCTION "${flyway:defaultSchema}".note_agent();
