package xyz.graphyn.testkit.storage;

import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.RulesVersion;

/** Whether a question may match a text. */
final class Proof {
    private Proof() {}

    static boolean holds(@Nullable RulesVersion provenBy, Findings findings, String field) {
        return provenBy == null
                || (findings.rules().equals(provenBy) && findings.in(field).isEmpty());
    }
}
