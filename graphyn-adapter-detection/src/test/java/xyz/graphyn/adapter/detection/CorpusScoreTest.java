package xyz.graphyn.adapter.detection;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.Detector;
import xyz.graphyn.domain.masking.SensitiveNames;

/**
 * The score on a corpus that is not part of the repository: precision and recall, printed as a table, with a floor for each kind.
 * Without the corpus, this is skipped and {@link SamplesTest} holds the rules.
 */
class CorpusScoreTest {
    private static final Set<String> NEED_A_MODEL = Set.of(
            "PERSON",
            "ADDRESS",
            "LOCATION",
            "ORGANIZATION",
            "AGE",
            "TITLE",
            "NRP",
            "DATE_TIME",
            "ZIP_CODE",
            "DOMAIN_NAME",
            "URL",
            "USERNAME",
            "MEDICAL_RECORD_NUMBER",
            "DATE_OF_BIRTH",
            "US_DRIVER_LICENSE");

    private static final DetectionRules TEN_REGIONS = new DetectionRules(
            0, Set.of("US", "GB", "DE", "FR", "ES", "IT", "IN", "AU", "BR", "PH"), List.of(), List.of());

    /** Precision and recall below which a change has broken something. */
    private record Floor(double precision, double recall) {}

    private static final Map<String, Floor> FLOORS = Map.ofEntries(
            Map.entry("CREDIT_CARD", new Floor(.99, .99)),
            Map.entry("IBAN", new Floor(.99, .99)),
            Map.entry("CRYPTO_WALLET", new Floor(.99, .99)),
            Map.entry("EMAIL", new Floor(.98, .99)),
            Map.entry("IP_ADDRESS", new Floor(.99, .99)),
            Map.entry("MAC_ADDRESS", new Floor(.99, .99)),
            Map.entry("US_SSN", new Floor(.89, .97)),
            Map.entry("PHONE", new Floor(.97, .86)),
            Map.entry("gitleaks by prefix", new Floor(.99, .99)),
            Map.entry("gitleaks in context", new Floor(.99, .98)),
            Map.entry("gitleaks (json)", new Floor(1, .99)),
            Map.entry("kingfisher by prefix", new Floor(.97, .95)),
            Map.entry("kingfisher in context", new Floor(.98, .97)),
            Map.entry("noseyparker by prefix", new Floor(.96, .98)),
            Map.entry("noseyparker in context", new Floor(.78, .88)),
            Map.entry("secretlint", new Floor(.99, .93)),
            Map.entry("detect-secrets", new Floor(.99, .98)),
            Map.entry("detect-secrets in context", new Floor(.99, .95)));

    private static Optional<Path> corpus = Optional.empty();

    private final Detector detector = new Detector(Detection.recognizers());

    @BeforeAll
    static void find() {
        corpus = Corpus.find();
        assumeTrue(corpus.isPresent(), "the masking corpus is not here: set -Dgraphyn.corpus to its directory");
    }

    @Test
    void holdsItsPrecisionAndRecall() {
        List<Corpus.Row> rows = Corpus.rows(corpus.orElseThrow().resolve("dev.jsonl.gz"));
        Score score = new Score(detector, DetectionRules.DEFAULT);
        score.kinds(rows, kind -> !NEED_A_MODEL.contains(kind));
        score.secrets(rows);
        System.out.println(score.table());
        System.out.println("labelled secrets of which 8 or more characters are left: " + score.survivors());
        assertAll(FLOORS.entrySet().stream()
                .map(floor -> holds(score.line(floor.getKey()), floor.getKey(), floor.getValue())));
        assertTrue(score.line("json-agent-trace (negative)").flaggedShare() < .01, "agent traces");
        assertTrue(score.line("json-aws (negative)").flaggedShare() < .01, "AWS documents");
        assertTrue(score.survivors() <= 32, "secrets that survive: " + score.survivors());
    }

    @Test
    void findsNationalNumbersThatHaveACheckDigit() {
        Score score = new Score(detector, DetectionRules.DEFAULT);
        score.kinds(
                Corpus.rows(corpus.orElseThrow().resolve("dev.jsonl.gz")),
                kind -> kind.matches(
                        "TR_NATIONAL_ID|PL_PESEL|TH_TNIN|ZA_ID_NUMBER|KR_RRN|KR_FRN|SE_PERSONNUMMER|FI_PERSONAL_IDENTITY_CODE|ES_NI[EF]|IN_AADHAAR"
                                + "|SG_NRIC_FIN|DE_SOCIAL_SECURITY|DE_HEALTH_INSURANCE|AU_A[BC]N|AU_MEDICARE|ABA_ROUTING_NUMBER|MEDICAL_LICENSE"));
        int hit = score.lines().values().stream().mapToInt(line -> line.hit).sum();
        int missed =
                score.lines().values().stream().mapToInt(line -> line.missed).sum();
        int wrong = score.lines().values().stream().mapToInt(line -> line.wrong).sum();
        assertTrue(hit >= .95 * (hit + missed), hit + " of " + (hit + missed));
        assertTrue(wrong <= .02 * hit, wrong + " wrong beside " + hit);
    }

    @Test
    void findsThePhoneNumbersOfTenCountries() {
        Score score = new Score(detector, TEN_REGIONS);
        score.kinds(Corpus.rows(corpus.orElseThrow().resolve("dev.jsonl.gz")), "PHONE"::equals);
        System.out.println("with ten countries" + score.table());
        assertTrue(score.line("PHONE").precision() >= .94 && score.line("PHONE").recall() >= .94, score.table());
    }

    @Test
    void tellsSensitiveNamesFromThoseThatLookAlike() {
        Score.Line line = new Score.Line();
        Map<String, String> mistakes = new TreeMap<>();
        for (JsonNode row : Corpus.lines(corpus.orElseThrow().resolve("keynames_dev.jsonl.gz"))) {
            String name = row.get("key").asString();
            boolean sensitive = row.get("sensitive").asBoolean();
            boolean found = SensitiveNames.kindOf(name).isPresent();
            line.hit += found && sensitive ? 1 : 0;
            line.wrong += found && !sensitive ? 1 : 0;
            line.missed += !found && sensitive ? 1 : 0;
            if (found != sensitive) {
                mistakes.put(name, found ? "wrong" : "missed");
            }
        }
        System.out.printf("sensitive names: P %.3f R %.3f%n", line.precision(), line.recall());
        assertTrue(line.precision() >= .90 && line.recall() >= .83, mistakes::toString);
    }

    private static Executable holds(Score.Line line, String name, Floor floor) {
        return () -> assertTrue(
                line.precision() >= floor.precision && line.recall() >= floor.recall,
                () -> "%s: P %.3f (floor %.2f), R %.3f (floor %.2f)"
                        .formatted(name, line.precision(), floor.precision, line.recall(), floor.recall));
    }
}
