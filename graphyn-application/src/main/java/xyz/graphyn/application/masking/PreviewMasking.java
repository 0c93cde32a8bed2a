package xyz.graphyn.application.masking;

import java.util.List;
import java.util.Set;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.settings.CurrentSettings;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.Detector;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.Located;
import xyz.graphyn.domain.masking.MaskingSettings;
import xyz.graphyn.domain.masking.Masks;
import xyz.graphyn.domain.masking.View;

/** Shows admins what would be found in a payload, and what of it would be seen at each level. Nothing is stored. */
public final class PreviewMasking {
    /**
     * @param findings in order
     * @param partial what somebody sees who sees hints
     * @param masked what somebody sees who sees kinds only
     */
    public record Preview(List<Located> findings, Json partial, Json masked) {}

    private final CurrentSettings<MaskingSettings> current;
    private final Detector detector;
    private final SensitiveData data;

    public PreviewMasking(CurrentSettings<MaskingSettings> current, Detector detector, SensitiveData data) {
        this.current = current;
        this.detector = detector;
        this.data = data;
    }

    /**
     * @throws Refusal.NotAllowed if the caller is no admin
     * @throws Refusal.Unavailable if the settings can't be read, or too much is being searched
     */
    public Preview preview(Caller caller, Json payload) {
        ManageMasking.checkMayManage(caller);
        MaskingSettings settings = current.of(caller.organization());
        return data.computed(payload.text().length(), () -> preview(payload, settings));
    }

    private Preview preview(Json payload, MaskingSettings settings) {
        DetectionRules rules = settings.rules();
        Set<Kind> unhidden = settings.policy().unhidden();
        List<Finding> findings = detector.inJson(payload.text(), rules);
        return new Preview(
                detector.locate(payload.text(), rules),
                Masks.inJson(payload, findings, new View(AccessLevel.PARTIAL, unhidden)),
                Masks.inJson(payload, findings, new View(AccessLevel.MASKED, unhidden)));
    }
}
