package xyz.graphyn.application.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.audit.AuditEntries;
import xyz.graphyn.application.audit.AuditTrail;
import xyz.graphyn.application.settings.CurrentSettings;
import xyz.graphyn.application.transaction.UnitOfWork;
import xyz.graphyn.domain.access.AccessPolicy;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.Detector;
import xyz.graphyn.domain.masking.MaskingPolicy;
import xyz.graphyn.domain.masking.MaskingSettings;

/** What an organization looks for, and shows to whom: seen and changed by its admins, each change with its audit entry. */
public final class ManageMasking {
    private final MaskingSettingsStore store;
    private final CurrentSettings<MaskingSettings> current;
    private final Detector detector;
    private final AuditTrail trail;
    private final AuditEntries entries;
    private final UnitOfWork unitOfWork;

    public ManageMasking(
            MaskingSettingsStore store,
            CurrentSettings<MaskingSettings> current,
            Detector detector,
            AuditTrail trail,
            AuditEntries entries,
            UnitOfWork unitOfWork) {
        this.store = store;
        this.current = current;
        this.detector = detector;
        this.trail = trail;
        this.entries = entries;
        this.unitOfWork = unitOfWork;
    }

    /**
     * As they are stored; the defaults, with revision 0, where nothing was decided yet.
     *
     * @throws Refusal.NotAllowed if the caller is no admin
     */
    public MaskingSettings get(Caller caller) {
        checkMayManage(caller);
        return store.settings(caller.organization());
    }

    /**
     * Changes the settings; they then have the next revision. A change that changes nothing keeps the revision and writes no
     * audit entry; one of the policy alone keeps that of the rules, so that nothing has to be searched again.
     *
     * @param revision of the settings from which the change starts: those that the caller has seen
     * @param edit makes the new settings from the present ones, whatever their revision; what it throws passes
     * @return the settings as they are now
     * @throws Refusal.NotAllowed if the caller is no admin
     * @throws Refusal.Conflict if somebody has changed the settings since
     * @throws xyz.graphyn.domain.validation.Invalid if the rules can't be searched by; pointers lead into
     *     {@link MaskingSettings#rules}
     */
    public MaskingSettings change(Caller caller, int revision, UnaryOperator<MaskingSettings> edit) {
        checkMayManage(caller);
        MaskingSettings before = store.settings(caller.organization());
        checkRevision(revision, before);
        MaskingSettings edited = edit.apply(before);
        MaskingSettings after = before.changedTo(edited.rules(), edited.policy());
        List<String> changes = changes(before, after);
        if (changes.isEmpty()) {
            return before;
        }
        detector.check(after.rules()); // compiles patterns: too long for a unit of work
        try {
            unitOfWork.run(caller.organization(), () -> {
                if (!store.replace(caller.organization(), revision, after)) {
                    throw changedSince();
                }
                trail.write(entries.onOrganization(
                        caller,
                        AuditAction.MASKING_CHANGED,
                        Map.of(
                                "changed", String.join(", ", changes),
                                "revision", Integer.toString(after.revision()))));
                return after;
            });
        } finally {
            current.changed(caller.organization()); // also where nobody knows whether it was committed
        }
        return after;
    }

    private static void checkRevision(int revision, MaskingSettings present) {
        if (present.revision() != revision) {
            throw changedSince();
        }
    }

    private static Refusal.Conflict changedSince() {
        return new Refusal.Conflict("The settings have changed since the revision that you name. Read them again.");
    }

    static void checkMayManage(Caller caller) {
        if (!AccessPolicy.mayManageSettings(caller.principal())) {
            throw new Refusal.NotAllowed("Only admins may see and change what is masked.");
        }
    }

    /** By name only: what is looked for may itself be telling. */
    private static List<String> changes(MaskingSettings before, MaskingSettings after) {
        DetectionRules rules = before.rules();
        MaskingPolicy policy = before.policy();
        List<String> changes = new ArrayList<>();
        note(changes, "levels", policy.levels(), after.policy().levels());
        note(changes, "unhidden", policy.unhidden(), after.policy().unhidden());
        note(changes, "phoneRegions", rules.phoneRegions(), after.rules().phoneRegions());
        note(changes, "fields", rules.fields(), after.rules().fields());
        note(changes, "patterns", rules.patterns(), after.rules().patterns());
        return changes;
    }

    private static void note(List<String> changes, String name, Object before, Object after) {
        if (!before.equals(after)) {
            changes.add(name);
        }
    }
}
