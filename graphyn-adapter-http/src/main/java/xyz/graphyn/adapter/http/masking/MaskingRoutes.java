package xyz.graphyn.adapter.http.masking;

import java.util.List;
import xyz.graphyn.adapter.http.endpoint.Answer;
import xyz.graphyn.adapter.http.endpoint.BodySize;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.JsonBody;
import xyz.graphyn.adapter.http.endpoint.Permission;
import xyz.graphyn.adapter.http.endpoint.Reply;
import xyz.graphyn.adapter.http.endpoint.Request;
import xyz.graphyn.adapter.http.json.Change;
import xyz.graphyn.adapter.http.masking.SettingsPatch.MaskingPatch;
import xyz.graphyn.adapter.http.masking.SettingsPatch.SavingsPatch;
import xyz.graphyn.adapter.http.problem.ProblemType;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.masking.ManageMasking;
import xyz.graphyn.application.masking.PreviewMasking;
import xyz.graphyn.application.usage.ManageSavings;
import xyz.graphyn.domain.masking.MaskingSettings;
import xyz.graphyn.domain.usage.SavingsSettings;
import xyz.graphyn.domain.validation.Checks;
import xyz.graphyn.domain.validation.Invalid;

/** {@code /organization/settings} and {@code /compliance/preview}. */
public final class MaskingRoutes {
    private static final String TAG = "Compliance";
    private static final JsonBody<SettingsPatch> PATCH =
            JsonBody.mergePatch(SettingsPatch.class, BodySize.SINGLE, SettingsPatch.EXAMPLE);
    private static final JsonBody<MaskingJson.PreviewRequest> PREVIEW =
            JsonBody.of(MaskingJson.PreviewRequest.class, BodySize.SINGLE, MaskingJson.PREVIEW_REQUEST);

    private final ManageMasking masking;
    private final PreviewMasking preview;
    private final ManageSavings savings;

    public MaskingRoutes(ManageMasking masking, PreviewMasking preview, ManageSavings savings) {
        this.masking = masking;
        this.preview = preview;
        this.savings = savings;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/organization/settings", "getSettings")
                        .permission(Permission.admin())
                        .documented(
                                TAG,
                                "Get the organization's settings",
                                "What is sensitive, and who sees how much of it: the level of each role, kinds that are"
                                        + " not hidden, and the fields and patterns of your own; and what savings are"
                                        + " measured against.")
                        .reply(Reply.json(200, "The settings.", MaskingJson.OrganizationSettings.EXAMPLE))
                        .handledBy(request -> answer(masking.get(request.caller()), savings.get(request.caller()))),
                Endpoint.patch("/organization/settings", "changeSettings")
                        .permission(Permission.admin())
                        .documented(
                                TAG,
                                "Change the organization's settings",
                                "A merge patch (RFC 7396): what is absent stays; lists are replaced as a whole. For"
                                        + " `masking`, name the `revision` that you have read: if somebody has changed the settings since, the"
                                        + " answer is 409. A change acts at once on the server that answers, and within 5 s"
                                        + " on the others; what is stored is searched again by new rules before anybody"
                                        + " below `raw` sees it. The audit trail tells what was changed, by name.")
                        .reply(Reply.json(
                                200, "The settings as they are now.", MaskingJson.OrganizationSettings.EXAMPLE))
                        .problems(ProblemType.CONFLICT)
                        .body(PATCH)
                        .handledBy(this::change),
                Endpoint.post("/compliance/preview", "previewMasking")
                        .permission(Permission.admin())
                        .documented(
                                TAG,
                                "Preview what is masked",
                                "What would be found in a payload by the organization's present settings, and what of it"
                                        + " would be seen at the levels `partial` and `masked`. Nothing is stored.")
                        .reply(Reply.json(200, "What was found.", MaskingJson.MaskingPreview.EXAMPLE))
                        .body(PREVIEW)
                        .handledBy(this::preview));
    }

    private Answer change(Request request, SettingsPatch patch) {
        Caller caller = request.caller();
        SavingsSettings window = savings(caller, patch);
        MaskingSettings masked = masking(caller, patch);
        // Last, so that nothing is changed where the revision was another.
        return answer(masked, patch.savings() instanceof Change.Keep<?> ? window : savings.change(caller, window));
    }

    private SavingsSettings savings(Caller caller, SettingsPatch patch) {
        if (!(patch.savings() instanceof Change.Become<SavingsPatch>(SavingsPatch(int windowMessages)))) {
            return savings.get(caller);
        }
        try {
            return new SavingsSettings(windowMessages);
        } catch (Invalid invalid) {
            new Checks().addAll("/savings", invalid).orThrow();
            throw invalid;
        }
    }

    private MaskingSettings masking(Caller caller, SettingsPatch patch) {
        if (!(patch.masking() instanceof Change.Become<MaskingPatch>(MaskingPatch change))) {
            return masking.get(caller);
        }
        try {
            return masking.change(caller, change.revision(), change::applyTo);
        } catch (Invalid invalid) {
            new Checks().addAll("/masking", invalid).orThrow();
            throw invalid;
        }
    }

    private Answer preview(Request request, MaskingJson.PreviewRequest body) {
        return Answer.json(200, MaskingJson.MaskingPreview.of(preview.preview(request.caller(), body.payload())));
    }

    private static Answer answer(MaskingSettings masking, SavingsSettings savings) {
        return Answer.json(200, MaskingJson.OrganizationSettings.of(masking, savings));
    }
}
