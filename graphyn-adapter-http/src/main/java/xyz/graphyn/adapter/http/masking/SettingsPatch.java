package xyz.graphyn.adapter.http.masking;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.json.Change;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.access.Role;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.DetectionRules.CustomPattern;
import xyz.graphyn.domain.masking.DetectionRules.SensitiveField;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.MaskingPolicy;
import xyz.graphyn.domain.masking.MaskingSettings;
import xyz.graphyn.domain.usage.SavingsSettings;
import xyz.graphyn.domain.validation.Checks;
import xyz.graphyn.domain.validation.Invalid;

@Schema(description = "What is to change of what an organization has decided.")
record SettingsPatch(Change<MaskingPatch> masking, Change<SavingsPatch> savings) {
    static final String EXAMPLE = """
            {"masking":{"revision":0,"levels":{"member":"masked"},"unhidden":["IP_ADDRESS"],\
            "fields":[{"path":"**.customer.name","kind":"PERSON"}],\
            "patterns":[{"name":"staff-id","regex":"\\\\bS-[0-9]{6}\\\\b","kind":"STAFF_ID"}]},\
            "savings":{"windowMessages":30}}""";

    @Schema(description = "What is to change of what savings are measured against.")
    record SavingsPatch(
            @Schema(
                    description = "How many of the latest messages you would send without a memory.",
                    minimum = "1",
                    maximum = "" + SavingsSettings.MAX_WINDOW_MESSAGES)
            int windowMessages) {}

    @Schema(description = "What is to change of what is masked. Lists are replaced as a whole.")
    record MaskingPatch(
            @Schema(description = "The revision that the change starts from.", minimum = "0")
            int revision,

            Change<LevelsPatch> levels,

            @ArraySchema(
                    maxItems = MaskingPolicy.MAX_UNHIDDEN,
                    uniqueItems = true,
                    schema = @Schema(maxLength = Kind.MAX_NAME))
            Change<List<String>> unhidden,

            @ArraySchema(
                    maxItems = DetectionRules.MAX_REGIONS,
                    uniqueItems = true,
                    schema = @Schema(pattern = "^[A-Z]{2}$"))
            Change<List<String>> phoneRegions,

            @ArraySchema(maxItems = DetectionRules.MAX_FIELDS)
            Change<List<MaskingJson.Field>> fields,

            @ArraySchema(maxItems = DetectionRules.MAX_PATTERNS)
            Change<List<MaskingJson.Pattern>> patterns) {

        /** @throws Invalid with every mistake, pointers relative to this patch */
        MaskingSettings applyTo(MaskingSettings present) {
            Checks checks = new Checks();
            Map<Role, AccessLevel> levels = new EnumMap<>(present.policy().levels());
            if (this.levels instanceof Change.Become<LevelsPatch>(LevelsPatch patch)) {
                patch.applyTo(levels, checks);
            }
            Set<Kind> unhidden = this.unhidden instanceof Change.Become<List<String>>(List<String> names)
                    ? kinds(names, checks)
                    : present.policy().unhidden();
            Set<String> regions = this.phoneRegions instanceof Change.Become<List<String>>(List<String> given)
                    ? new HashSet<>(given)
                    : present.rules().phoneRegions();
            List<SensitiveField> fields =
                    this.fields instanceof Change.Become<List<MaskingJson.Field>>(List<MaskingJson.Field> given)
                            ? fields(given, checks)
                            : present.rules().fields();
            List<CustomPattern> patterns =
                    this.patterns instanceof Change.Become<List<MaskingJson.Pattern>>(List<MaskingJson.Pattern> given)
                            ? patterns(given, checks)
                            : present.rules().patterns();
            checks.orThrow();
            int revision = present.rules().revision();
            DetectionRules rules = null;
            MaskingPolicy policy = null;
            try {
                policy = new MaskingPolicy(levels, unhidden);
            } catch (Invalid invalid) {
                checks.addAll("", invalid);
            }
            try {
                rules = new DetectionRules(revision, regions, fields, patterns);
            } catch (Invalid invalid) {
                checks.addAll("", invalid);
            }
            checks.orThrow();
            return new MaskingSettings(requireMade(rules), requireMade(policy));
        }

        private static <T> T requireMade(@Nullable T made) {
            if (made == null) {
                throw new IllegalStateException("what was refused was not told");
            }
            return made;
        }

        private static Set<Kind> kinds(List<String> names, Checks checks) {
            Set<Kind> kinds = new HashSet<>();
            for (int i = 0; i < names.size(); i++) {
                Kind kind = kind("/unhidden/" + i, names.get(i), checks);
                if (kind != null) {
                    kinds.add(kind);
                }
            }
            return kinds;
        }

        private static List<SensitiveField> fields(List<MaskingJson.Field> given, Checks checks) {
            List<SensitiveField> fields = new ArrayList<>();
            for (int i = 0; i < given.size(); i++) {
                Kind kind = kind("/fields/" + i + "/kind", given.get(i).kind(), checks);
                if (kind != null) {
                    fields.add(new SensitiveField(given.get(i).path(), kind));
                }
            }
            return fields;
        }

        private static List<CustomPattern> patterns(List<MaskingJson.Pattern> given, Checks checks) {
            List<CustomPattern> patterns = new ArrayList<>();
            for (int i = 0; i < given.size(); i++) {
                MaskingJson.Pattern pattern = given.get(i);
                Kind kind = kind("/patterns/" + i + "/kind", pattern.kind(), checks);
                if (kind != null) {
                    patterns.add(new CustomPattern(pattern.name(), pattern.regex(), kind));
                }
            }
            return patterns;
        }

        private static @Nullable Kind kind(String pointer, String name, Checks checks) {
            if (Kind.isName(name)) {
                return new Kind(name);
            }
            checks.add(
                    pointer, "malformed", "must be 2 to " + Kind.MAX_NAME + " capital letters, digits and underscores");
            return null;
        }
    }

    @Schema(name = "MaskingLevelsPatch", description = "The roles whose level is to change.")
    record LevelsPatch(
            @Schema(allowableValues = {"raw", "partial", "masked"})
            Change<String> admin,

            @Schema(allowableValues = {"raw", "partial", "masked"})
            Change<String> member,

            @Schema(allowableValues = {"raw", "partial", "masked"})
            Change<String> viewer,

            @Schema(allowableValues = "masked") Change<String> auditor) {
        private void applyTo(Map<Role, AccessLevel> levels, Checks checks) {
            apply("/levels/admin", admin, Role.ADMIN, levels, checks);
            apply("/levels/member", member, Role.MEMBER, levels, checks);
            apply("/levels/viewer", viewer, Role.VIEWER, levels, checks);
            apply("/levels/auditor", auditor, Role.AUDITOR, levels, checks);
        }

        private static void apply(
                String pointer, Change<String> change, Role role, Map<Role, AccessLevel> levels, Checks checks) {
            if (!(change instanceof Change.Become<String>(String word))) {
                return;
            }
            for (AccessLevel level : AccessLevel.values()) {
                if (MaskingJson.word(level).equals(word)) {
                    levels.put(role, level);
                    return;
                }
            }
            checks.add(pointer, "unknown", "must be raw, partial or masked");
        }
    }
}
