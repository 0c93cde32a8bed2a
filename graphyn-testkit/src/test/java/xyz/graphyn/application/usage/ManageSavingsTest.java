package xyz.graphyn.application.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.UseCases;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.usage.SavingsSettings;

class ManageSavingsTest {
    private static final SavingsSettings SHORT = new SavingsSettings(5);

    private final UseCases graphyn = new UseCases();

    private List<AuditEntry> audited() {
        return graphyn.storage.auditReader().entries(graphyn.acme);
    }

    @Test
    void changesSettingsForTheWholeOrganizationAndNobodyElse() {
        graphyn.currentSavings.of(graphyn.acme);
        assertEquals(SHORT, graphyn.manageSavings.change(graphyn.ada, SHORT));
        assertEquals(SHORT, graphyn.manageSavings.get(graphyn.ada));
        assertEquals(SHORT, graphyn.currentSavings.of(graphyn.acme), "at once");
        assertEquals(SavingsSettings.DEFAULT, graphyn.manageSavings.get(graphyn.stranger));
    }

    @Test
    void writesDownWhatItBecame() {
        graphyn.manageSavings.change(graphyn.ada, SHORT);
        AuditEntry entry = audited().getFirst();
        assertEquals(AuditAction.SAVINGS_CHANGED, entry.action());
        assertEquals(Map.of("windowMessages", "5"), entry.details());
    }

    @Test
    void takesNoNoteOfAChangeThatChangesNothing() {
        graphyn.manageSavings.change(graphyn.ada, SavingsSettings.DEFAULT);
        assertEquals(List.of(), audited());
    }

    @Test
    void refusesAllButAdmins() {
        for (var caller : List.of(graphyn.max, graphyn.vera, graphyn.otto)) {
            assertThrows(Refusal.NotAllowed.class, () -> graphyn.manageSavings.get(caller));
            assertThrows(Refusal.NotAllowed.class, () -> graphyn.manageSavings.change(caller, SHORT));
        }
        assertEquals(SavingsSettings.DEFAULT, graphyn.manageSavings.get(graphyn.ada));
    }
}
