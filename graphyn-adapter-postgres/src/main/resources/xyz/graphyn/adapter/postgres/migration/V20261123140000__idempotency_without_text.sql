-- The text of an answer is not kept any more: it was masked for what its reader might see that day. A server of the release
-- before goes on until it is replaced: it writes the column, and reads an empty object from rows of this one.
ALTER TABLE idempotency_key ALTER COLUMN body SET DEFAULT '{}';

-- The owner is held by the policies as well, and may see all for this statement.
ALTER TABLE idempotency_key NO FORCE ROW LEVEL SECURITY;
UPDATE idempotency_key SET body = '{}';
ALTER TABLE idempotency_key FORCE ROW LEVEL SECURITY;
