-- What contexts held and calls of models took: numbers without content, one row for each, never changed. No foreign key: a
-- key on the agent would make every prompt touch the agent's row, and a row is written when the agent is there.
CREATE TABLE token_usage (
    organization_id uuid NOT NULL,
    usage_id uuid NOT NULL,
    at timestamptz NOT NULL,
    agent_id uuid NOT NULL,
    subject text COLLATE "C" NOT NULL,
    session_id text COLLATE "C",
    model text COLLATE "C",
    -- Of a context: S, F and W, by which vocabulary, and whether all of it was counted as the model counts.
    sent bigint,
    baseline bigint,
    window_tokens bigint,
    tokenizer text COLLATE "C",
    measured boolean,
    -- Of a report: what the provider said.
    uncached bigint,
    cache_read bigint,
    cache_write bigint,
    output bigint,
    prices_writes boolean,
    external_id text COLLATE "C",
    -- The context that the prompt held, and A, B_full and B_cache, in tokens at full price.
    context_id uuid,
    actual numeric,
    full_price numeric,
    cached_price numeric,
    cost numeric,
    currency text COLLATE "C",
    -- Tokens that models took to keep the history in memory: none does today.
    ingest_tokens bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (organization_id, usage_id),
    CHECK ((sent IS NULL) = ALL (ARRAY[baseline IS NULL, window_tokens IS NULL, tokenizer IS NULL, measured IS NULL])),
    CHECK ((sent IS NULL) = ALL (ARRAY[uncached IS NOT NULL, cache_read IS NOT NULL, cache_write IS NOT NULL,
        output IS NOT NULL, prices_writes IS NOT NULL])),
    CHECK ((context_id IS NULL) = ALL (ARRAY[actual IS NULL, full_price IS NULL, cached_price IS NULL])),
    CHECK ((cost IS NULL) = (currency IS NULL))
);

CREATE INDEX token_usage_by_time ON token_usage (organization_id, agent_id, session_id, at, usage_id);
CREATE UNIQUE INDEX token_usage_by_external_id ON token_usage (organization_id, agent_id, external_id)
    WHERE external_id IS NOT NULL;

ALTER TABLE token_usage ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON token_usage USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
);
GRANT SELECT, INSERT, DELETE ON token_usage TO "${app}";

-- The sums of these rows by day (UTC), added up in the transaction that writes them. Each is there twice: for its subject,
-- and for all subjects together, whose name is ''; so neither one's own sums nor everybody's need more rows than they show.
-- A row without a model has ''. A page is kept partly empty: sums are rewritten in place.
CREATE TABLE usage_day (
    organization_id uuid NOT NULL,
    subject text COLLATE "C" NOT NULL,
    day date NOT NULL,
    agent_id uuid NOT NULL,
    model text COLLATE "C" NOT NULL,
    requests bigint NOT NULL,
    estimated bigint NOT NULL,
    sent bigint NOT NULL,
    baseline bigint NOT NULL,
    window_tokens bigint NOT NULL,
    reports bigint NOT NULL,
    compared bigint NOT NULL,
    actual numeric NOT NULL,
    full_price numeric NOT NULL,
    cached_price numeric NOT NULL,
    priced bigint NOT NULL,
    cost numeric NOT NULL,
    -- XXX (ISO 4217) where there were several.
    currency text COLLATE "C",
    PRIMARY KEY (organization_id, subject, day, agent_id, model)
) WITH (fillfactor = 80);

ALTER TABLE usage_day ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON usage_day USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
);
GRANT SELECT, INSERT, UPDATE ON usage_day TO "${app}";

-- The same by session, whatever the day and the model.
CREATE TABLE usage_session (
    organization_id uuid NOT NULL,
    subject text COLLATE "C" NOT NULL,
    agent_id uuid NOT NULL,
    session_id text COLLATE "C" NOT NULL,
    last_at timestamptz NOT NULL,
    requests bigint NOT NULL,
    estimated bigint NOT NULL,
    sent bigint NOT NULL,
    baseline bigint NOT NULL,
    window_tokens bigint NOT NULL,
    reports bigint NOT NULL,
    compared bigint NOT NULL,
    actual numeric NOT NULL,
    full_price numeric NOT NULL,
    cached_price numeric NOT NULL,
    priced bigint NOT NULL,
    cost numeric NOT NULL,
    currency text COLLATE "C",
    PRIMARY KEY (organization_id, agent_id, session_id, subject)
);

CREATE INDEX usage_session_by_time ON usage_session (organization_id, subject, last_at DESC, session_id, agent_id);
CREATE INDEX usage_session_of_agent ON usage_session (organization_id, subject, agent_id, last_at DESC, session_id);

ALTER TABLE usage_session ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON usage_session USING (
    organization_id = ANY ((SELECT nullif(current_setting('graphyn.organizations', true), '')::uuid[])::uuid[])
);
GRANT SELECT, INSERT, UPDATE, DELETE ON usage_session TO "${app}";

-- As in the migration of statistics: plans are made for those who have many rows.
ALTER TABLE token_usage ALTER COLUMN organization_id SET (n_distinct = 10), ALTER COLUMN agent_id SET (n_distinct = -0.001);
CREATE STATISTICS token_usage_tenant (dependencies) ON organization_id, agent_id FROM token_usage;
ALTER TABLE usage_day ALTER COLUMN organization_id SET (n_distinct = 10), ALTER COLUMN subject SET (n_distinct = 10);
ALTER TABLE usage_session ALTER COLUMN organization_id SET (n_distinct = 10), ALTER COLUMN subject SET (n_distinct = 10),
    ALTER COLUMN agent_id SET (n_distinct = -0.001);
