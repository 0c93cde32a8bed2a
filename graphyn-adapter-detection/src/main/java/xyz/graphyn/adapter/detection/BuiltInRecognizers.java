package xyz.graphyn.adapter.detection;

import java.util.ArrayList;
import java.util.List;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.Recognizers;
import xyz.graphyn.domain.validation.Invalid;
import xyz.graphyn.domain.validation.Violation;

/** The rules that come with Graphyn, and those of an organization beside them. */
final class BuiltInRecognizers implements Recognizers {
    /** Goes up with every release that finds other things, so that what is stored is searched again. */
    private static final int VERSION = 2;

    private static final SecretPrefixes PREFIXES = SecretPrefixes.load();

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public BuiltInRecognizer with(DetectionRules organization) {
        List<Violation> violations = new ArrayList<>();
        CustomPatterns patterns = CustomPatterns.compile(organization.patterns(), violations);
        for (String unknown : Phones.unknown(organization.phoneRegions())) {
            violations.add(new Violation(
                    "/phoneRegions", "unknown-region", "must be countries by ISO 3166-1 alpha-2, not " + unknown));
        }
        if (!violations.isEmpty()) {
            throw new Invalid(violations);
        }
        List<Rule> rules = new ArrayList<>(List.of(
                new Emails(),
                new Numbers(List.of(
                        new Cards(),
                        new SocialSecurityNumbers(),
                        new NationalNumbers(),
                        new Phones(organization.phoneRegions()))),
                new Ibans(),
                new NationalCodes(),
                new NetworkAddresses(),
                new Wallets(),
                new Jwts(),
                new PrivateKeys(),
                new Urls(),
                new PasswordHashes(),
                new Secrets(PREFIXES),
                new Passwords()));
        if (!organization.patterns().isEmpty()) {
            rules.add(patterns);
        }
        return new BuiltInRecognizer(rules);
    }
}
