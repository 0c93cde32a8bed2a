package xyz.graphyn.application.usage;

import java.util.Map;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.audit.AuditEntries;
import xyz.graphyn.application.audit.AuditTrail;
import xyz.graphyn.application.settings.CurrentSettings;
import xyz.graphyn.application.transaction.UnitOfWork;
import xyz.graphyn.domain.access.AccessPolicy;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.usage.SavingsSettings;

/** What an organization's savings are measured against: seen and changed by its admins, each change with its audit entry. */
public final class ManageSavings {
    private final SavingsSettingsStore store;
    private final CurrentSettings<SavingsSettings> current;
    private final AuditTrail trail;
    private final AuditEntries entries;
    private final UnitOfWork unitOfWork;

    public ManageSavings(
            SavingsSettingsStore store,
            CurrentSettings<SavingsSettings> current,
            AuditTrail trail,
            AuditEntries entries,
            UnitOfWork unitOfWork) {
        this.store = store;
        this.current = current;
        this.trail = trail;
        this.entries = entries;
        this.unitOfWork = unitOfWork;
    }

    /**
     * As they are stored; the defaults where nothing was decided yet.
     *
     * @throws Refusal.NotAllowed if the caller is no admin
     */
    public SavingsSettings get(Caller caller) {
        checkMayManage(caller);
        return store.settings(caller.organization());
    }

    /**
     * Changes the settings, for contexts from now on: what was metered stays as it is. A change that changes nothing writes no
     * audit entry.
     *
     * @throws Refusal.NotAllowed if the caller is no admin
     */
    public SavingsSettings change(Caller caller, SavingsSettings settings) {
        checkMayManage(caller);
        try {
            unitOfWork.run(caller.organization(), () -> {
                SavingsSettings before =
                        store.put(caller.organization(), settings).orElse(SavingsSettings.DEFAULT);
                if (!before.equals(settings)) {
                    trail.write(entries.onOrganization(
                            caller,
                            AuditAction.SAVINGS_CHANGED,
                            Map.of("windowMessages", Integer.toString(settings.windowMessages()))));
                }
                return settings;
            });
        } finally {
            current.changed(caller.organization()); // also where nobody knows whether it was committed
        }
        return settings;
    }

    private static void checkMayManage(Caller caller) {
        if (!AccessPolicy.mayManageSettings(caller.principal())) {
            throw new Refusal.NotAllowed("Only admins may see and change what savings are measured against.");
        }
    }
}
