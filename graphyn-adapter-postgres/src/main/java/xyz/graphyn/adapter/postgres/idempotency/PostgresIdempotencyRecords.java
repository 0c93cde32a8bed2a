package xyz.graphyn.adapter.postgres.idempotency;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.application.idempotency.IdempotencyKey;
import xyz.graphyn.application.idempotency.IdempotencyRecords;
import xyz.graphyn.application.idempotency.StoredAnswer;

/**
 * A key is taken by an advisory lock, which is tried and never waited for, and which ends with the transaction whatever
 * becomes of it. Two keys that share one of the 2⁶⁴ hashes would only take turns.
 */
public final class PostgresIdempotencyRecords implements IdempotencyRecords {
    /** How many forgotten answers a fresh claim clears away: more than the one that it may leave. */
    private static final int CLEARED = 5;

    private final TenantDatabase database;

    public PostgresIdempotencyRecords(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public Claim claim(IdempotencyKey key, String fingerprint, Instant notBefore) {
        return database.within(key.organization(), sql -> {
            if (!take(sql, key)) {
                return new Claim.InFlight();
            }
            Optional<Kept> kept = find(sql, key, notBefore);
            if (kept.isEmpty()) {
                clear(sql, key, notBefore);
                return new Claim.Fresh();
            }
            return kept.get().fingerprint.equals(fingerprint)
                    ? new Claim.Answered(kept.get().answer)
                    : new Claim.Reused();
        });
    }

    private static boolean take(TenantSql sql, IdempotencyKey key) {
        return named(sql.query("""
                                SELECT pg_try_advisory_xact_lock(hashtextextended(
                                    jsonb_build_array('idempotency', :organization::uuid, :subject::text, :key::text)::text,
                                    0))"""), key).mapTo(Boolean.class).one();
    }

    /** A statement after the one that locked, so that it sees what the last holder of the lock committed. */
    private static Optional<Kept> find(TenantSql sql, IdempotencyKey key, Instant notBefore) {
        return named(sql.query("""
                                SELECT fingerprint, status, location FROM idempotency_key
                                WHERE organization_id = :organization AND subject = :subject AND key = :key
                                  AND stored_at >= :notBefore"""), key)
                .bind("notBefore", notBefore)
                .map((row, context) -> new Kept(
                        row.getString("fingerprint"),
                        new StoredAnswer(row.getInt("status"), row.getString("location"))))
                .findOne();
    }

    private static void clear(TenantSql sql, IdempotencyKey key, Instant notBefore) {
        sql.update("""
                        DELETE FROM idempotency_key WHERE (organization_id, subject, key) IN (
                            SELECT organization_id, subject, key FROM idempotency_key
                            WHERE organization_id = :organization AND stored_at < :notBefore
                            ORDER BY stored_at LIMIT :cleared FOR UPDATE SKIP LOCKED)""")
                .bind("organization", key.organization().value())
                .bind("notBefore", notBefore)
                .bind("cleared", CLEARED)
                .execute();
    }

    @Override
    public void store(IdempotencyKey key, String fingerprint, StoredAnswer answer, Instant now) {
        database.within(
                key.organization(),
                sql -> named(sql.update("""
                                INSERT INTO idempotency_key (organization_id, subject, key, fingerprint, status, location,
                                    stored_at)
                                VALUES (:organization, :subject, :key, :fingerprint, :status, :location, :now)
                                ON CONFLICT (organization_id, subject, key) DO UPDATE
                                SET fingerprint = excluded.fingerprint, status = excluded.status,
                                    location = excluded.location, stored_at = excluded.stored_at"""), key)
                        .bind("fingerprint", fingerprint)
                        .bind("status", answer.status())
                        .bind("location", answer.location())
                        .bind("now", now)
                        .execute());
    }

    private static <S extends SqlStatement<S>> S named(S statement, IdempotencyKey key) {
        return statement
                .bind("organization", key.organization().value())
                .bind("subject", key.subject())
                .bind("key", key.value());
    }

    private record Kept(String fingerprint, StoredAnswer answer) {}
}
