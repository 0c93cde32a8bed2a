package xyz.graphyn.adapter.postgres.access;

import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.adapter.postgres.transaction.Visibility;
import xyz.graphyn.application.access.ExternalOrganization;
import xyz.graphyn.application.access.OrganizationDirectory;
import xyz.graphyn.application.identifier.IdGenerator;
import xyz.graphyn.domain.access.OrganizationId;

/** Organizations in {@code organization}. Whoever comes second finds the row of the first, by the unique key. */
public final class PostgresOrganizationDirectory implements OrganizationDirectory {
    private final TenantDatabase database;
    private final IdGenerator ids;

    public PostgresOrganizationDirectory(TenantDatabase database, IdGenerator ids) {
        this.database = database;
        this.ids = ids;
    }

    @Override
    public OrganizationId resolve(ExternalOrganization organization) {
        return database.apart(
                Visibility.of(organization), sql -> find(sql, organization).orElseGet(() -> add(sql, organization)));
    }

    private OrganizationId add(TenantSql sql, ExternalOrganization organization) {
        named(sql.update("""
                                INSERT INTO organization (organization_id, issuer, kind, external_id)
                                VALUES (:id, :issuer, :kind, :externalId)
                                ON CONFLICT (issuer, kind, external_id) DO NOTHING"""), organization).bind("id", ids.next()).execute();
        return find(sql, organization)
                .orElseThrow(() -> new IllegalStateException("An organization is gone that was just there."));
    }

    private static Optional<OrganizationId> find(TenantSql sql, ExternalOrganization organization) {
        return named(sql.query("""
                                SELECT organization_id FROM organization
                                WHERE issuer = :issuer AND kind = :kind AND external_id = :externalId"""), organization).mapTo(UUID.class).findOne().map(OrganizationId::new);
    }

    private static <S extends SqlStatement<S>> S named(S statement, ExternalOrganization organization) {
        return statement
                .bind("issuer", organization.issuer())
                .bind("kind", organization.kind().name())
                .bind("externalId", organization.id());
    }
}
