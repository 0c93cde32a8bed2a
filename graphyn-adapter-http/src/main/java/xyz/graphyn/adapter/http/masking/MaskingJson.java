package xyz.graphyn.adapter.http.masking;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import xyz.graphyn.application.masking.PreviewMasking.Preview;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.access.Role;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.DetectionRules.CustomPattern;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.Located;
import xyz.graphyn.domain.masking.MaskingPolicy;
import xyz.graphyn.domain.masking.MaskingSettings;
import xyz.graphyn.domain.usage.SavingsSettings;

/** What is masked, as admins read it. */
final class MaskingJson {
    static final String PREVIEW_REQUEST = """
            {"payload":{"content":"Write to ada@example.com","card":4242424242424242}}""";

    private MaskingJson() {}

    /** What a level is called on the wire; never another. */
    static String word(AccessLevel level) {
        return switch (level) {
            case MASKED -> "masked";
            case PARTIAL -> "partial";
            case RAW -> "raw";
        };
    }

    @Schema(description = "What an organization has decided.")
    record OrganizationSettings(Masking masking, Savings savings) {
        static final OrganizationSettings EXAMPLE = of(
                new MaskingSettings(
                        new DetectionRules(
                                4,
                                DetectionRules.DEFAULT.phoneRegions(),
                                List.of(new DetectionRules.SensitiveField("**.customer.name", new Kind("PERSON"))),
                                List.of(new CustomPattern("staff-id", "\\bS-[0-9]{6}\\b", new Kind("STAFF_ID")))),
                        MaskingPolicy.DEFAULT),
                SavingsSettings.DEFAULT);

        static OrganizationSettings of(MaskingSettings masking, SavingsSettings savings) {
            return new OrganizationSettings(Masking.of(masking), new Savings(savings.windowMessages()));
        }
    }

    @Schema(name = "SavingsSettings", description = "What savings are measured against.")
    record Savings(
            @Schema(
                    description = "How many of the latest messages would be sent without a memory: their tokens are"
                            + " `windowTokens`.")
            int windowMessages) {}

    @Schema(description = "What is sensitive, and who sees how much of it.")
    record Masking(
            @Schema(description = "Goes up with every change, from 0; a change names the one that it starts from.")
            int revision,

            Levels levels,

            @Schema(description = "Kinds that are shown to everybody as they came, by name.")
            List<String> unhidden,

            @Schema(description = "Countries (ISO 3166-1 alpha-2) whose national phone numbers are looked for.")
            List<String> phoneRegions,

            List<Field> fields,
            List<Pattern> patterns) {
        static Masking of(MaskingSettings settings) {
            DetectionRules rules = settings.rules();
            return new Masking(
                    settings.revision(),
                    Levels.of(settings.policy().levels()),
                    settings.policy().unhidden().stream()
                            .map(Kind::name)
                            .sorted()
                            .toList(),
                    rules.phoneRegions().stream().sorted().toList(),
                    rules.fields().stream()
                            .map(field -> new Field(field.path(), field.kind().name()))
                            .toList(),
                    rules.patterns().stream()
                            .map(pattern -> new Pattern(
                                    pattern.name(),
                                    pattern.regex(),
                                    pattern.kind().name()))
                            .toList());
        }
    }

    @Schema(
            name = "MaskingLevels",
            description =
                    "How much of what is sensitive each role sees: `raw` as it came, `partial` a hint, `masked` the"
                            + " kind. A role that may do more never sees less.")
    record Levels(
            @Schema(allowableValues = {"raw", "partial", "masked"})
            String admin,

            @Schema(allowableValues = {"raw", "partial", "masked"})
            String member,

            @Schema(allowableValues = {"raw", "partial", "masked"})
            String viewer,

            @Schema(description = "Auditors see no content.", allowableValues = "masked")
            String auditor) {
        static Levels of(Map<Role, AccessLevel> levels) {
            return new Levels(
                    word(levels, Role.ADMIN),
                    word(levels, Role.MEMBER),
                    word(levels, Role.VIEWER),
                    word(levels, Role.AUDITOR));
        }

        private static String word(Map<Role, AccessLevel> levels, Role role) {
            return MaskingJson.word(levels.getOrDefault(role, AccessLevel.MASKED));
        }
    }

    @Schema(
            name = "SensitiveField",
            description = "A member of payloads whose value is sensitive, whatever it looks like.")
    record Field(
            @Schema(
                    description =
                            "Names from the outside in, separated by dots; `*` for any one name or place in an array,"
                                    + " `**` for any number of them.",
                    minLength = 1,
                    maxLength = DetectionRules.SensitiveField.MAX_PATH,
                    example = "**.customer.name")
            String path,

            @Schema(
                    description = "What masked texts show.",
                    pattern = "^[A-Z][A-Z0-9_]{1,39}$",
                    maxLength = Kind.MAX_NAME)
            String kind) {}

    @Schema(name = "SensitivePattern", description = "A pattern whose matches are sensitive.")
    record Pattern(
            @Schema(
                    description = "Names the rule of its findings: lower case, with hyphens.",
                    minLength = 1,
                    maxLength = CustomPattern.MAX_NAME)
            String name,

            @Schema(
                    description = "In RE2's syntax: no back-references, no look-around.",
                    minLength = 1,
                    maxLength = CustomPattern.MAX_REGEX)
            String regex,

            @Schema(
                    description = "What masked texts show.",
                    pattern = "^[A-Z][A-Z0-9_]{1,39}$",
                    maxLength = Kind.MAX_NAME)
            String kind) {}

    @Schema(description = "A payload to be looked at. It is not stored.")
    record PreviewRequest(
            @Schema(description = "An object of your own, such as an event's payload.")
            Json payload) {}

    @Schema(description = "What was found in a payload, and what of it would be seen.")
    record MaskingPreview(
            @ArraySchema(arraySchema = @Schema(description = "In the order of the payload, without overlap."))
            List<FoundValue> findings,

            @Schema(description = "What is seen at the level `partial`.")
            Json partial,

            @Schema(description = "What is seen at the level `masked`.")
            Json masked) {
        static final MaskingPreview EXAMPLE = new MaskingPreview(
                List.of(
                        new FoundValue("/content", 9, 24, "EMAIL", "email"),
                        new FoundValue("/card", 0, 16, "CREDIT_CARD", "card-number")),
                new Json("{\"content\":\"Write to a***@example.com\",\"card\":\"**** **** **** 4242\"}"),
                new Json("{\"content\":\"Write to [EMAIL]\",\"card\":\"[CREDIT_CARD]\"}"));

        static MaskingPreview of(Preview preview) {
            return new MaskingPreview(
                    preview.findings().stream().map(FoundValue::of).toList(), preview.partial(), preview.masked());
        }
    }

    @Schema(description = "Something sensitive.")
    record FoundValue(
            @Schema(description = "The member or place in an array, as a JSON Pointer (RFC 6901).")
            String path,

            @Schema(
                    description = "Where it begins, in code points of the text without its escapes, from 0; of the"
                            + " member's name, where that is what is sensitive.")
            int start,

            @Schema(description = "Behind its last code point.")
            int end,

            @Schema(description = "What it is; masked texts show this.")
            String kind,

            @Schema(description = "Which rule found it.") String rule) {
        static FoundValue of(Located located) {
            return new FoundValue(
                    located.path(),
                    located.start(),
                    located.end(),
                    located.kind().name(),
                    located.rule());
        }
    }
}
