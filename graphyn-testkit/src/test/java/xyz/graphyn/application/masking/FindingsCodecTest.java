package xyz.graphyn.application.masking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.RulesVersion;

class FindingsCodecTest {
    private static final RulesVersion RULES = RulesVersion.of(3, 7);
    private static final HexFormat HEX = HexFormat.of();
    private static final List<Kind> KINDS = List.of(Kind.EMAIL, Kind.PHONE, new Kind("A_" + "B".repeat(38)));

    private static final Findings TWO = new Findings(
            RULES,
            Map.of(
                    "/payload",
                    List.of(new Finding(3, 18, Kind.EMAIL, "email"), new Finding(200, 216, Kind.EMAIL, "email")),
                    "/labels/0",
                    List.of(new Finding(0, 1, Kind.PHONE, "us-phone"))));

    private static byte[] encoded(Findings findings) {
        return Objects.requireNonNull(FindingsCodec.encode(findings));
    }

    private static void assertUnreadable(byte[] bytes) {
        assertEquals(Findings.UNSCANNED, FindingsCodec.decode(RULES, bytes), () -> HEX.formatHex(bytes));
    }

    @Test
    void costsNothingWhereNothingWasFound() {
        assertNull(FindingsCodec.encode(Findings.none(RULES)));
        assertNull(FindingsCodec.encode(Findings.UNSCANNED));
        assertEquals(Findings.none(RULES), FindingsCodec.decode(RULES, null));
    }

    @Test
    void takesWhatNobodySearchedForNothingElse() {
        assertEquals(Findings.UNSCANNED, FindingsCodec.decode(RulesVersion.NONE, null));
    }

    /** What is stored today must be read by every later release: a change of these bytes is another version of the form. */
    @Test
    void keepsItsForm() {
        assertEquals(
                "02" // the version
                        + "02" + "0550484f4e45" + "0875732d70686f6e65" // PHONE us-phone
                        + "05454d41494c" + "05656d61696c" // EMAIL email
                        + "02"
                        + "092f6c6162656c732f30" + "01" + "000100" // /labels/0
                        + "082f7061796c6f6164" + "02" + "030f01" + "b6011001", // /payload
                HEX.formatHex(encoded(TWO)));
    }

    @Test
    void givesBackWhatItWasGiven() {
        assertEquals(TWO, FindingsCodec.decode(RULES, encoded(TWO)));
        assertEquals(
                new Findings(RulesVersion.of(9, 9), TWO.byField()),
                FindingsCodec.decode(RulesVersion.of(9, 9), encoded(TWO)),
                "the rules' version stands beside it");
    }

    static Stream<Finding> extremes() {
        return Stream.of(
                new Finding(0, 1, Kind.EMAIL, ""),
                new Finding(127, 128, Kind.EMAIL, "a"),
                new Finding(128, 16_384, Kind.EMAIL, "ä🦄"),
                new Finding(16_383, 2_097_152, Kind.EMAIL, "x".repeat(300)),
                new Finding(268_435_455, 268_435_456, Kind.EMAIL, "e"),
                new Finding(0, Integer.MAX_VALUE, Kind.EMAIL, "e"),
                new Finding(Integer.MAX_VALUE - 1, Integer.MAX_VALUE, Kind.EMAIL, "e"));
    }

    @ParameterizedTest
    @MethodSource("extremes")
    void reachesAsFarAsTextsDo(Finding finding) {
        Findings findings = new Findings(RULES, Map.of("/päyload~1🦄", List.of(finding)));
        assertEquals(findings, FindingsCodec.decode(RULES, encoded(findings)));
    }

    @Test
    void givesBackWhateverItIsGiven() {
        for (int seed = 0; seed < 300; seed++) {
            Findings findings = random(new Random(seed));
            assertEquals(findings, FindingsCodec.decode(RULES, FindingsCodec.encode(findings)), "seed " + seed);
        }
    }

    @Test
    void writesEqualFindingsAlike() {
        Map<String, List<Finding>> turned = new HashMap<>();
        List<String> fields = new ArrayList<>(TWO.byField().keySet());
        fields.reversed().forEach(field -> turned.put(field, TWO.in(field)));
        assertArrayEquals(encoded(TWO), encoded(new Findings(RULES, turned)));
    }

    @Test
    void spendsAFewBytesOnEachFinding() {
        List<Finding> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(new Finding(i * 100, i * 100 + 20, Kind.EMAIL, "email"));
        }
        assertTrue(encoded(new Findings(RULES, Map.of("/payload", many))).length < 3_100);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 127, 255})
    void readsNoOtherVersionOfItsForm(int version) {
        byte[] bytes = encoded(TWO);
        bytes[0] = (byte) version;
        assertUnreadable(bytes);
    }

    @Test
    void readsNothingThatIsCutOffOrGoesOn() {
        byte[] bytes = encoded(TWO);
        for (int length = 0; length < bytes.length; length++) {
            assertUnreadable(Arrays.copyOf(bytes, length));
        }
        assertUnreadable(Arrays.copyOf(bytes, bytes.length + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02ff", // a count that goes on
                "02ffffffff7f", // one beyond all ints
                "01ffffffffff01", // one of six bytes
                "0205", // more kinds than bytes
                "0201" + "05454d41494c" + "05656d61696c" + "01" + "012f" + "01"
                        + "000101", // of a kind that is not there
                "0201" + "05656d61696c" + "05656d61696c" + "00", // a kind in lower case
                "0201" + "05454d41494c" + "05656d61696c" + "01" + "012f" + "01" + "000000", // of no length
                "0201" + "05454d41494c" + "05656d61696c" + "01" + "01ff" + "01" + "000100", // no UTF-8
                "0201" + "05454d41494c" + "05656d61696c" + "01" + "012f" + "01" + "ffffffff07"
                        + "0100", // ends beyond all texts
                "0201" + "05454d41494c" + "05656d61696c" + "01" + "012f" + "7f" + "000100" // more findings than bytes
            })
    void readsNothingThatIsDamaged(String hex) {
        assertUnreadable(HEX.parseHex(hex));
    }

    /** Whoever reads a row must be answered, whatever stands in it. */
    @Test
    void neverThrowsAndNeverTakesMoreThanThereIs() {
        byte[] good = encoded(TWO);
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Findings read = FindingsCodec.decode(RULES, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
            assertTrue(read.count() <= bytes.length, "seed " + seed);
        }
    }

    @Test
    void tellsDamageFromNothingFound() {
        assertNotEquals(Findings.none(RULES), FindingsCodec.decode(RULES, new byte[0]));
        assertNotEquals(Findings.none(RULES), FindingsCodec.decode(RULES, new byte[] {9}));
    }

    private static Findings random(Random random) {
        Map<String, List<Finding>> fields = new HashMap<>();
        for (int field = random.nextInt(5); field > 0; field--) {
            List<Finding> found = new ArrayList<>();
            int end = 0;
            for (int left = random.nextInt(40); left > 0; left--) {
                int start = end + random.nextInt(1 << random.nextInt(1, 16));
                end = start + random.nextInt(1, 1 << random.nextInt(1, 16));
                found.add(
                        new Finding(start, end, KINDS.get(random.nextInt(KINDS.size())), "rule-" + random.nextInt(3)));
            }
            fields.put("/labels/" + field, found);
        }
        return new Findings(RULES, fields);
    }
}
