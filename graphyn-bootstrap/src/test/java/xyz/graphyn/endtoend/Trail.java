package xyz.graphyn.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The audit trail as it is on the disk, read past the server. */
final class Trail implements AutoCloseable {
    private final Connection connection;

    private Trail(Connection connection) {
        this.connection = connection;
    }

    /** Of a {@code graphyn dev} that is running. */
    static Trail of(Path home) {
        try {
            String port = Files.readAllLines(home.resolve("postgres/data/postmaster.pid"))
                    .get(3)
                    .strip();
            String password =
                    Files.readString(home.resolve("secrets/postgres-superuser")).strip();
            return new Trail(DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:" + port + "/graphyn", "postgres", password));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    record Entry(String requestId, String actor, String action, JsonNode details) {
        private static final List<String> LEVELS = List.of("raw", "partial", "masked");

        /** How many findings of each kind were shown at a level: {@code EMAIL 2, PHONE 1} is what it tells. */
        SortedMap<String, Integer> at(String level) {
            SortedMap<String, Integer> kinds = new TreeMap<>();
            String told = details.path(level).asString("");
            for (String kind : told.isEmpty() ? new String[0] : told.split(", ", -1)) {
                String[] counted = kind.split(" ", -1);
                kinds.merge(counted[0], Integer.valueOf(counted[1]), Integer::sum);
            }
            return kinds;
        }

        /** All that it says but for the kinds, which are words that may stand in a value too. */
        String withoutKinds() {
            return toString().replaceAll("[A-Z][A-Z_]+ [0-9]+", "");
        }

        boolean tellsOfDisclosure() {
            return LEVELS.stream().anyMatch(details::has);
        }
    }

    /** Those of one request, or all with an empty id; in no order. */
    List<Entry> entries(String requestId) {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT request_id, actor, action, details::text FROM graphyn.audit_entry
                WHERE request_id = ? OR ? = ''
                """)) {
            select.setString(1, requestId);
            select.setString(2, requestId);
            List<Entry> entries = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(new Entry(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            Api.JSON.readTree(rows.getString(4))));
                }
            }
            return entries;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
