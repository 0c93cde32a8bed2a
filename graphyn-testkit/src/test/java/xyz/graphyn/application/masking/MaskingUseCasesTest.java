package xyz.graphyn.application.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.UseCases;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.masking.PreviewMasking.Preview;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.access.Role;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.DetectionRules.CustomPattern;
import xyz.graphyn.domain.masking.DetectionRules.SensitiveField;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.Located;
import xyz.graphyn.domain.masking.MaskingPolicy;
import xyz.graphyn.domain.masking.MaskingSettings;
import xyz.graphyn.domain.validation.Invalid;

class MaskingUseCasesTest {
    private static final Kind PERSON = new Kind("PERSON");
    private static final MaskingPolicy STRICT = new MaskingPolicy(
            Map.of(
                    Role.ADMIN, AccessLevel.PARTIAL,
                    Role.MEMBER, AccessLevel.MASKED,
                    Role.VIEWER, AccessLevel.MASKED,
                    Role.AUDITOR, AccessLevel.MASKED),
            Set.of());

    private final UseCases graphyn = new UseCases();

    private static UnaryOperator<MaskingSettings> policy(MaskingPolicy policy) {
        return settings -> new MaskingSettings(settings.rules(), policy);
    }

    private static UnaryOperator<MaskingSettings> rules(List<SensitiveField> fields, List<CustomPattern> patterns) {
        return settings ->
                new MaskingSettings(new DetectionRules(99, Set.of("DE"), fields, patterns), settings.policy());
    }

    private List<AuditEntry> audited() {
        return graphyn.storage.auditReader().entries(graphyn.acme);
    }

    @Test
    void startsFromTheDefaults() {
        assertEquals(MaskingSettings.DEFAULT, graphyn.manageMasking.get(graphyn.ada));
    }

    private AccessLevel level(Caller caller) {
        return graphyn.currentSettings
                .of(caller.organization())
                .policy()
                .viewOf(caller.principal().role())
                .level();
    }

    @Test
    void changesSettingsForTheWholeOrganizationAndNobodyElse() {
        MaskingSettings changed = graphyn.manageMasking.change(graphyn.ada, 0, policy(STRICT));
        assertEquals(new MaskingSettings(DetectionRules.DEFAULT, STRICT, 1), changed);
        assertEquals(changed, graphyn.manageMasking.get(graphyn.ada));
        assertEquals(AccessLevel.MASKED, level(graphyn.max));
        assertEquals(MaskingSettings.DEFAULT, graphyn.manageMasking.get(graphyn.stranger));
    }

    @Test
    void actsAtOnceOnThisServer() {
        assertEquals(AccessLevel.RAW, level(graphyn.ada));
        graphyn.manageMasking.change(graphyn.ada, 0, policy(STRICT));
        assertEquals(AccessLevel.PARTIAL, level(graphyn.ada));
    }

    @Test
    void writesDownWhatWasChangedByNameOnly() {
        graphyn.manageMasking.change(
                graphyn.ada, 0, rules(List.of(new SensitiveField("secret.project", PERSON)), List.of()));
        AuditEntry entry = audited().getFirst();
        assertEquals(AuditAction.MASKING_CHANGED, entry.action());
        assertEquals("ada", entry.actor().subject());
        assertEquals(graphyn.acme.value(), entry.target().id());
        assertEquals(Map.of("changed", "phoneRegions, fields", "revision", "1"), entry.details());
    }

    @Test
    void takesNoNoteOfAChangeThatChangesNothing() {
        assertEquals(
                MaskingSettings.DEFAULT, graphyn.manageMasking.change(graphyn.ada, 0, policy(MaskingPolicy.DEFAULT)));
        assertEquals(List.of(), audited());
    }

    @Test
    void givesEachChangeTheNextRevisionAndTheRulesTheirOwn() {
        assertEquals(List.of(1, 0), revisions(policy(STRICT)));
        assertEquals(List.of(2, 1), revisions(rules(List.of(), List.of())));
        assertEquals(List.of(3, 1), revisions(policy(MaskingPolicy.DEFAULT)));
        assertEquals(
                List.of(4, 2),
                revisions(settings -> new MaskingSettings(DetectionRules.DEFAULT, STRICT)),
                "both at once are one change");
        assertEquals(List.of(4, 2), revisions(policy(STRICT)));
        assertEquals(
                List.of("1", "2", "3", "4"),
                audited().stream().map(entry -> entry.details().get("revision")).toList());
    }

    private List<Integer> revisions(UnaryOperator<MaskingSettings> edit) {
        int before = graphyn.manageMasking.get(graphyn.ada).revision();
        MaskingSettings after = graphyn.manageMasking.change(graphyn.ada, before, edit);
        return List.of(after.revision(), after.rules().revision());
    }

    @Test
    void refusesAChangeThatStartsFromWhatIsPast() {
        graphyn.manageMasking.change(graphyn.ada, 0, policy(STRICT));
        assertThrows(
                Refusal.Conflict.class,
                () -> graphyn.manageMasking.change(graphyn.ada, 0, policy(MaskingPolicy.DEFAULT)));
        assertEquals(STRICT, graphyn.manageMasking.get(graphyn.ada).policy());
        assertEquals(1, audited().size());
    }

    @Test
    void refusesAChangeThatIsOvertaken() {
        assertThrows(
                Refusal.Conflict.class,
                () -> graphyn.manageMasking.change(graphyn.ada, 0, settings -> {
                    graphyn.manageMasking.change(graphyn.ada, 0, policy(STRICT));
                    return rules(List.of(), List.of()).apply(settings);
                }));
        assertEquals(new MaskingSettings(DetectionRules.DEFAULT, STRICT, 1), graphyn.manageMasking.get(graphyn.ada));
        assertEquals(1, audited().size());
    }

    @Test
    void refusesPatternsThatAreNone() {
        Invalid invalid = assertThrows(
                Invalid.class,
                () -> graphyn.manageMasking.change(
                        graphyn.ada, 0, rules(List.of(), List.of(new CustomPattern("open", "(", PERSON)))));
        assertEquals("/patterns/0/regex", invalid.violations().getFirst().pointer());
        assertEquals(MaskingSettings.DEFAULT, graphyn.manageMasking.get(graphyn.ada));
        assertEquals(List.of(), audited());
    }

    @Test
    void letsOnlyAdminsIn() {
        for (Caller caller : List.of(graphyn.max, graphyn.vera, graphyn.otto)) {
            assertThrows(Refusal.NotAllowed.class, () -> graphyn.manageMasking.get(caller));
            assertThrows(Refusal.NotAllowed.class, () -> graphyn.manageMasking.change(caller, 0, policy(STRICT)));
            assertThrows(Refusal.NotAllowed.class, () -> graphyn.previewMasking.preview(caller, Json.EMPTY));
        }
    }

    @Test
    void previewsWhatEachLevelSees() {
        Json payload = new Json("{\"to\":\"🦄 ada@example.com\",\"card\":4242424242424242,\"who\":{\"name\":\"Ada\"}}");
        graphyn.manageMasking.change(graphyn.ada, 0, rules(List.of(new SensitiveField("who.name", PERSON)), List.of()));
        Preview preview = graphyn.previewMasking.preview(graphyn.ada, payload);
        assertEquals(
                List.of("/to 2-17 EMAIL", "/card 0-16 CREDIT_CARD", "/who/name 0-3 PERSON"),
                preview.findings().stream().map(MaskingUseCasesTest::told).toList());
        assertEquals(
                "{\"to\":\"🦄 a***@example.com\",\"card\":\"**** **** **** 4242\",\"who\":{\"name\":\"[PERSON]\"}}",
                preview.partial().text());
        assertEquals(
                "{\"to\":\"🦄 [EMAIL]\",\"card\":\"[CREDIT_CARD]\",\"who\":{\"name\":\"[PERSON]\"}}",
                preview.masked().text());
    }

    private static String told(Located located) {
        return located.path() + " " + located.start() + "-" + located.end() + " " + located.kind();
    }
}
