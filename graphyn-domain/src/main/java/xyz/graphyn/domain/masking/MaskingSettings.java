package xyz.graphyn.domain.masking;

/** What an organization has decided about what is sensitive: what is looked for, and who sees it. */
public record MaskingSettings(DetectionRules rules, MaskingPolicy policy) {
    /** What holds until an organization says otherwise. */
    public static final MaskingSettings DEFAULT = new MaskingSettings(DetectionRules.DEFAULT, MaskingPolicy.DEFAULT);
}
