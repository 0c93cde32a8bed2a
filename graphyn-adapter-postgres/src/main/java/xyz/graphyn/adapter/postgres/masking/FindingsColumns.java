package xyz.graphyn.adapter.postgres.masking;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.masking.FindingsCodec;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.RulesVersion;

/** Findings as the columns {@code rules_version}, {@code findings} and {@code found_in} of the row that they are of. */
public final class FindingsColumns {
    public static final int TYPE = 1;
    /** An agent's, which has no type. */
    public static final int NAME = 1;
    /** An edge's, which has no type either. */
    public static final int RELATION = 1;

    public static final int SESSION = 2;

    /** The place of the first label's bit; the others follow. */
    public static final int FIRST_LABEL = 4;

    private static final int EXTERNAL_ID = 4;
    private static final int OTHER = 8;
    private static final String LABEL = "/labels/";

    private FindingsColumns() {}

    /** In which fields something was found; null if in none. */
    public static @Nullable Long foundIn(Findings findings) {
        long bits = findings.byField().keySet().stream()
                .mapToLong(FindingsColumns::bit)
                .reduce(0, (some, more) -> some | more);
        return bits == 0 ? null : bits;
    }

    private static long bit(String field) {
        return switch (field) {
            case "/type", "/name", "/relation" -> TYPE;
            case "/sessionId" -> SESSION;
            case "/externalId" -> EXTERNAL_ID;
            default ->
                field.startsWith(LABEL)
                        ? 1L << (FIRST_LABEL + Integer.parseInt(field.substring(LABEL.length())))
                        : OTHER;
        };
    }

    /** Gives {@code :rules}, {@code :findings} and {@code :foundIn} their values. */
    public static <S extends SqlStatement<S>> S bind(S statement, Findings findings) {
        return statement
                .bind("rules", findings.rules().value())
                .bind("findings", FindingsCodec.encode(findings))
                .bind("foundIn", foundIn(findings));
    }

    public static Findings findings(ResultSet row) throws SQLException {
        return FindingsCodec.decode(new RulesVersion(row.getLong("rules_version")), row.getBytes("findings"));
    }

    /** That the text was searched by {@code :provenBy} and nothing was found in it. */
    public static String proven(String table, int field) {
        return cleanly(table, "coalesce(" + table + ".found_in, 0) & " + field + " = 0");
    }

    /** The same for the label {@code :label}, which the node must have. */
    public static String provenLabel(String table) {
        return cleanly(
                table,
                "coalesce(" + table + ".found_in, 0) >> (" + (FIRST_LABEL - 1) + " + array_position(" + table
                        + ".labels, :label)) & 1 = 0");
    }

    /** A CASE, which the planner takes for true of every other row: it would expect none, and take any index. */
    private static String cleanly(String table, String nothingFound) {
        return "CASE WHEN " + table + ".rules_version = :provenBy THEN " + nothingFound + " ELSE false END";
    }
}
