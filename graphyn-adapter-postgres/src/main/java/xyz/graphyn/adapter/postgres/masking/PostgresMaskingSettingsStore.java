package xyz.graphyn.adapter.postgres.masking;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.application.masking.MaskingSettingsStore;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.access.Role;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.DetectionRules.CustomPattern;
import xyz.graphyn.domain.masking.DetectionRules.SensitiveField;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.MaskingPolicy;
import xyz.graphyn.domain.masking.MaskingSettings;

/** Settings in {@code masking_settings}, a row for each organization that decided something. */
public final class PostgresMaskingSettingsStore implements MaskingSettingsStore {
    private static final String FIND = """
            SELECT rules_revision, phone_regions, field_paths, field_kinds, pattern_names, pattern_regexes, pattern_kinds,
                roles, levels, unhidden, policy_revision
            FROM masking_settings WHERE organization_id = :organization""";

    /** Where there was no row to lock, somebody else may have been first: then nothing is updated. */
    private static final String WRITE = """
            INSERT INTO masking_settings (organization_id, rules_revision, phone_regions, field_paths, field_kinds,
                pattern_names, pattern_regexes, pattern_kinds, roles, levels, unhidden, policy_revision)
            VALUES (:organization, :revision, :regions, :fieldPaths, :fieldKinds, :patternNames, :patternRegexes,
                :patternKinds, :roles, :levels, :unhidden, :policyRevision)
            ON CONFLICT (organization_id) DO UPDATE
            SET rules_revision = excluded.rules_revision, phone_regions = excluded.phone_regions,
                field_paths = excluded.field_paths, field_kinds = excluded.field_kinds,
                pattern_names = excluded.pattern_names, pattern_regexes = excluded.pattern_regexes,
                pattern_kinds = excluded.pattern_kinds, roles = excluded.roles, levels = excluded.levels,
                unhidden = excluded.unhidden, policy_revision = excluded.policy_revision
            WHERE masking_settings.rules_revision + masking_settings.policy_revision = :before""";

    /** For who searches again: see {@code agent_rules}. */
    private static final String TELL = """
            INSERT INTO organization_rules (organization_id, revision) VALUES (:organization, :revision)
            ON CONFLICT (organization_id) DO UPDATE SET revision = excluded.revision
            WHERE organization_rules.revision < excluded.revision""";

    private final TenantDatabase database;

    public PostgresMaskingSettingsStore(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<MaskingSettings> find(OrganizationId organization) {
        return database.statement(organization, sql -> find(sql, organization, ""));
    }

    @Override
    public boolean replace(OrganizationId organization, int before, MaskingSettings settings) {
        return database.within(organization, sql -> {
            MaskingSettings present =
                    find(sql, organization, " FOR NO KEY UPDATE").orElse(MaskingSettings.DEFAULT);
            if (present.revision() != before) {
                return false;
            }
            settings.requireFollows(present);
            int written = bind(sql.update(WRITE), settings)
                    .bind("organization", organization.value())
                    .bind("before", before)
                    .execute();
            if (written == 1) {
                sql.update(TELL)
                        .bind("organization", organization.value())
                        .bind("revision", settings.rules().revision())
                        .execute();
            }
            return written == 1;
        });
    }

    private static Optional<MaskingSettings> find(TenantSql sql, OrganizationId organization, String locking) {
        return sql.query(FIND + locking)
                .bind("organization", organization.value())
                .map(PostgresMaskingSettingsStore::settings)
                .findOne();
    }

    private static Update bind(Update update, MaskingSettings settings) {
        DetectionRules rules = settings.rules();
        List<Map.Entry<Role, AccessLevel>> levels =
                settings.policy().levels().entrySet().stream().toList();
        bind(update, "regions", rules.phoneRegions().stream().sorted(), Function.identity());
        bind(update, "fieldPaths", rules.fields().stream(), SensitiveField::path);
        bind(
                update,
                "fieldKinds",
                rules.fields().stream(),
                field -> field.kind().name());
        bind(update, "patternNames", rules.patterns().stream(), CustomPattern::name);
        bind(update, "patternRegexes", rules.patterns().stream(), CustomPattern::regex);
        bind(
                update,
                "patternKinds",
                rules.patterns().stream(),
                pattern -> pattern.kind().name());
        bind(update, "roles", levels.stream(), level -> level.getKey().name());
        bind(update, "levels", levels.stream(), level -> level.getValue().name());
        bind(update, "unhidden", settings.policy().unhidden().stream(), Kind::name);
        return update.bind("revision", rules.revision()).bind("policyRevision", settings.policyRevision());
    }

    private static <T> void bind(Update update, String name, Stream<T> values, Function<T, String> text) {
        update.bindArray(name, String.class, values.map(text).toList());
    }

    private static MaskingSettings settings(ResultSet row, StatementContext context) throws SQLException {
        List<String> paths = texts(row, "field_paths");
        List<String> fieldKinds = texts(row, "field_kinds");
        List<String> names = texts(row, "pattern_names");
        List<String> regexes = texts(row, "pattern_regexes");
        List<String> patternKinds = texts(row, "pattern_kinds");
        List<String> roles = texts(row, "roles");
        List<String> levels = texts(row, "levels");
        return new MaskingSettings(
                new DetectionRules(
                        row.getInt("rules_revision"),
                        Set.copyOf(texts(row, "phone_regions")),
                        IntStream.range(0, paths.size())
                                .mapToObj(i -> new SensitiveField(paths.get(i), new Kind(fieldKinds.get(i))))
                                .toList(),
                        IntStream.range(0, names.size())
                                .mapToObj(i ->
                                        new CustomPattern(names.get(i), regexes.get(i), new Kind(patternKinds.get(i))))
                                .toList()),
                new MaskingPolicy(
                        IntStream.range(0, roles.size())
                                .boxed()
                                .collect(Collectors.toUnmodifiableMap(
                                        i -> Role.valueOf(roles.get(i)), i -> AccessLevel.valueOf(levels.get(i)))),
                        texts(row, "unhidden").stream().map(Kind::new).collect(Collectors.toUnmodifiableSet())),
                row.getInt("policy_revision"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
