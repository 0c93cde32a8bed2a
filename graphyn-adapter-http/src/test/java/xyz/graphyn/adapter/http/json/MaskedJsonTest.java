package xyz.graphyn.adapter.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.Masks;
import xyz.graphyn.domain.masking.View;

/** What masking makes of JSON, seen by a parser. */
class MaskedJsonTest {
    private static final String CORPUS = "shared/corpora/masking/json_masker_mechanics.jsonl.gz";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final List<View> HIDING =
            List.of(new View(AccessLevel.PARTIAL, Set.of()), new View(AccessLevel.MASKED, Set.of()));
    private static final Map<Kind, String> VALUES = Map.of(
            Kind.EMAIL, "ada.lovelace@analytical.example",
            Kind.CREDIT_CARD, "4242 4242 4242 4242",
            Kind.US_SSN, "123-45-6789",
            Kind.SECRET, "sk-abcdefghijklmnopqrstuvwx",
            Kind.PASSWORD, "p🦄\"ss\\w\n{rd}, é: [1]",
            Kind.IBAN, "DE89370400440532013000");
    private static final List<String> PLAIN = List.of(
            "", "a", "🦄", "say \"no\"", "back\\slash", "{", "[1,", "ünïcödé", "[EMAIL]", "line\nline", "#2", "\u2028");

    /** A document that is written bit by bit, and where its findings are. */
    private static final class Sample {
        private final RandomGenerator random;
        private final StringBuilder text = new StringBuilder();
        private final List<Finding> findings = new ArrayList<>();

        Sample(RandomGenerator random) {
            this.random = random;
            object(0);
        }

        private Sample(RandomGenerator random, int depth) {
            this.random = random;
            if (random.nextBoolean()) {
                object(depth);
            } else {
                array(depth);
            }
        }

        Json json() {
            return new Json(text.toString());
        }

        private void object(int depth) {
            text.append('{');
            int members = random.nextInt(5);
            for (int i = 0; i < members; i++) {
                text.append(i == 0 ? "" : ",").append(space()).append('"');
                if (random.nextInt(3) == 0) {
                    sensitive(i);
                } else {
                    plain("n" + i);
                }
                text.append('"').append(space()).append(':').append(space());
                value(depth + 1);
            }
            text.append(space()).append('}');
        }

        private void array(int depth) {
            text.append('[');
            int items = random.nextInt(4);
            for (int i = 0; i < items; i++) {
                text.append(i == 0 ? "" : ",").append(space());
                value(depth + 1);
            }
            text.append(space()).append(']');
        }

        private void value(int depth) {
            switch (random.nextInt(depth > 5 ? 5 : 8)) {
                case 0 -> text.append(random.nextInt());
                case 1 -> text.append(random.nextBoolean() ? "null" : "true");
                case 2 -> number();
                case 3, 4 -> string();
                case 5 -> object(depth);
                case 6 -> array(depth);
                default -> nested(depth);
            }
        }

        private void number() {
            text.append("4242424242424242");
            found(16, Kind.CREDIT_CARD);
        }

        private void string() {
            text.append('"');
            for (int i = random.nextInt(4); i > 0; i--) {
                plain("");
                if (random.nextBoolean()) {
                    sensitive(-1);
                }
            }
            text.append('"');
        }

        /** A document in a string; where its findings are is known by the length of what stands before them. */
        private void nested(int depth) {
            Sample inner = new Sample(random, depth);
            text.append('"');
            int from = 0;
            for (Finding finding : inner.findings) {
                escape(inner.text.substring(from, finding.start()));
                int start = text.length();
                escape(inner.text.substring(finding.start(), finding.end()));
                findings.add(new Finding(start, text.length(), finding.kind(), "test"));
                from = finding.end();
            }
            escape(inner.text.substring(from));
            text.append('"');
        }

        /** @param number what keeps the names of an object apart; negative where nothing must */
        private void sensitive(int number) {
            List<Kind> kinds = VALUES.keySet().stream().sorted().toList();
            Kind kind = kinds.get(random.nextInt(kinds.size()));
            int start = text.length();
            escape(VALUES.get(kind) + (number < 0 ? "" : number));
            found(text.length() - start, kind);
        }

        private void plain(String suffix) {
            escape(PLAIN.get(random.nextInt(PLAIN.size())) + suffix);
        }

        private void found(int length, Kind kind) {
            findings.add(new Finding(text.length() - length, text.length(), kind, "test"));
        }

        private void escape(String value) {
            value.codePoints().forEach(c -> {
                if (c == '"' || c == '\\') {
                    text.append('\\').appendCodePoint(c);
                } else if (c < ' ' || random.nextInt(20) == 0) {
                    for (char unit : Character.toChars(c)) {
                        text.append(String.format("\\u%04x", (int) unit));
                    }
                } else {
                    text.appendCodePoint(c);
                }
            });
        }

        private String space() {
            return random.nextInt(4) == 0 ? " \n" : "";
        }
    }

    private static void forSamples(Consumer<Sample> property) {
        long base = new Random().nextLong();
        for (int i = 0; i < 3_000; i++) {
            long seed = base + i;
            try {
                property.accept(new Sample(new Random(seed)));
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("with the seed " + seed, failed);
            }
        }
    }

    /** The same kinds of values at the same places; only what was hidden may have become a string. */
    private static void assertSameShape(JsonNode before, JsonNode after) {
        assertEquals(before.isContainer(), after.isContainer());
        assertEquals(before.size(), after.size());
        if (before.isContainer()) {
            assertEquals(before.getNodeType(), after.getNodeType());
            Iterator<JsonNode> others = after.iterator();
            before.forEach(value -> assertSameShape(value, others.next()));
        } else if (before.isString()) {
            assertTrue(after.isString());
            if (before.asString().startsWith("{") || before.asString().startsWith("[")) {
                parsed(before.asString())
                        .ifPresent(inner -> assertSameShape(
                                inner,
                                parsed(after.asString()).orElseThrow(() -> new AssertionError(after.asString()))));
            }
        } else if (!after.isString()) {
            assertEquals(before, after);
        }
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JacksonException none) {
            return Optional.empty();
        }
    }

    private static void collect(JsonNode node, List<String> texts) {
        node.propertyStream().forEach(member -> texts.add(member.getKey()));
        node.forEach(value -> collect(value, texts));
        if (!node.isContainer()) {
            texts.add(node.asString());
            if (node.isString()
                    && (node.asString().startsWith("{") || node.asString().startsWith("["))) {
                parsed(node.asString()).ifPresent(inner -> collect(inner, texts));
            }
        }
    }

    @Test
    void isJsonOfTheSameShape() {
        forSamples(sample -> {
            Json json = sample.json();
            for (View view : HIDING) {
                Json masked = Masks.inJson(json, sample.findings, view);
                assertSameShape(
                        JSON.readTree(json.text()),
                        parsed(masked.text()).orElseThrow(() -> new AssertionError(json + "\nbecame " + masked)));
            }
        });
    }

    @Test
    void isTheDocumentItselfToThoseWhoSeeItAll() {
        forSamples(sample -> {
            Json json = sample.json();
            assertSame(json, Masks.inJson(json, sample.findings, View.RAW));
        });
    }

    @Test
    void holdsNoPieceOfAHiddenValue() {
        forSamples(sample -> {
            for (View view : HIDING) {
                List<String> texts = new ArrayList<>();
                collect(
                        JSON.readTree(Masks.inJson(sample.json(), sample.findings, view)
                                .text()),
                        texts);
                for (String value : VALUES.values()) {
                    int end = value.endsWith(".example") ? value.indexOf('@') : value.length();
                    for (int i = 0; i + 8 <= end; i++) {
                        String piece = value.substring(i, i + 8);
                        assertFalse(
                                texts.stream().anyMatch(text -> text.contains(piece)), () -> piece + " in " + texts);
                    }
                }
            }
        });
    }

    @Test
    void keepsEveryByteAroundWhatItHides() {
        forSamples(sample -> {
            String json = sample.json().text();
            String masked = Masks.inJson(sample.json(), sample.findings, new View(AccessLevel.MASKED, Set.of()))
                    .text();
            List<String> around = new ArrayList<>();
            int from = 0;
            for (Finding finding : sample.findings) {
                around.add(json.substring(from, finding.start()));
                from = finding.end();
            }
            around.add(json.substring(from));
            int at = 0;
            for (String part : around) {
                int found = masked.indexOf(part, at);
                assertTrue(found >= at, () -> part + " is not in " + masked);
                at = found + part.length();
            }
        });
    }

    /** The documents of json-masker's own tests, with every scalar and every second name a finding. */
    @Test
    void hidesEveryScalarOfTheDocumentsOfAnotherMasker() throws IOException {
        Optional<Path> corpus = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(folder -> folder.resolve(CORPUS))
                .filter(Files::exists)
                .findFirst();
        assumeTrue(corpus.isPresent(), "The corpus is not beside the repository, so this is not tested: " + CORPUS);
        int documents = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(corpus.get())), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode input = JSON.readTree(line).get("input");
                if (input == null || !input.isContainer()) {
                    continue;
                }
                Json json = new Json(JSON.writeValueAsString(input));
                List<Finding> findings = scalars(json.text());
                for (View view : HIDING) {
                    JsonNode masked =
                            JSON.readTree(Masks.inJson(json, findings, view).text());
                    assertSameShape(JSON.readTree(json.text()), masked);
                    List<String> texts = new ArrayList<>();
                    collect(masked, texts);
                    assertTrue(
                            texts.stream().allMatch(text -> text.isEmpty() || text.contains("[X1]")),
                            () -> json + " became " + masked);
                }
                documents++;
            }
        }
        assertTrue(documents > 50, "only " + documents);
    }

    /** Every string that is not empty, every number and every word, in compact JSON. */
    private static List<Finding> scalars(String json) {
        List<Finding> findings = new ArrayList<>();
        Matcher scalar =
                Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"|([a-z0-9.+E-]++)").matcher(json);
        while (scalar.find()) {
            int group = scalar.start(2) < 0 ? 1 : 2;
            if (scalar.end(group) > scalar.start(group)) {
                findings.add(new Finding(scalar.start(group), scalar.end(group), new Kind("X1"), "test"));
            }
        }
        findings.sort(Comparator.comparingInt(Finding::start));
        return findings;
    }
}
