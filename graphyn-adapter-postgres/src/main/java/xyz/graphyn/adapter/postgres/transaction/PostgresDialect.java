package xyz.graphyn.adapter.postgres.transaction;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.Arguments;
import org.jdbi.v3.core.array.SqlArrayTypes;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.core.statement.TemplateEngine;

/** How values of ours travel to PostgreSQL and back. */
public final class PostgresDialect {
    private PostgresDialect() {}

    public static Jdbi on(DataSource dataSource) {
        Jdbi jdbi = Jdbi.create(dataSource);
        jdbi.registerArgument(new InstantArguments());
        jdbi.getConfig(SqlArrayTypes.class)
                .register(String.class, "text")
                .register(UUID.class, "uuid")
                .register(Long.class, "bigint");
        jdbi.getConfig(Arguments.class).setUntypedNullArgument((position, statement, context) -> {
            throw new IllegalArgumentException("a null must say its type: see TenantSql");
        });
        // "<" is an operator here, nothing else.
        jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP);
        // Parameters hold what tenants wrote; it must not get into a log with the message of an exception.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        return jdbi;
    }

    /** A column of type {@code timestamptz}, which must not be null. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** The driver knows no {@link Instant}, and {@code java.sql.Timestamp} counts days as Caesar did before 1582. */
    private static final class InstantArguments extends org.jdbi.v3.core.argument.AbstractArgumentFactory<Instant> {
        InstantArguments() {
            super(java.sql.Types.TIMESTAMP_WITH_TIMEZONE);
        }

        @Override
        protected Argument build(Instant value, ConfigRegistry config) {
            OffsetDateTime time = value.atOffset(ZoneOffset.UTC);
            return (position, statement, context) -> statement.setObject(position, time);
        }
    }
}
