package xyz.graphyn.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import xyz.graphyn.adapter.detection.Detection;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.Detector;
import xyz.graphyn.domain.masking.Finding;

/**
 * How fast documents are searched for sensitive data, on one thread, with the national phone numbers of no, one and ten countries.
 * The column {@code characters} is in characters a second; the aim is 50 million, and 10 million with phone numbers. Documents
 * are agents' traces: those of the file that {@code -Dgraphyn.traces} names, one a line, or drawn by lot.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
public class DetectionBenchmark {
    private static final String TRACES = "graphyn.traces";

    /** Counts what was searched. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Searched {
        public long characters;
    }

    @Param({"", "US", "US,GB,DE,FR,ES,IT,IN,AU,BR,PH"})
    public String regions = "";

    private final Detector detector = new Detector(Detection.recognizers());
    private DetectionRules rules = DetectionRules.DEFAULT;
    private List<String> traces = List.of();
    private int next;

    @Setup
    public void prepare() throws IOException {
        rules = new DetectionRules(
                0, regions.isEmpty() ? Set.of() : Set.of(regions.split(",", -1)), List.of(), List.of());
        String file = System.getProperty(TRACES);
        traces = file == null ? drawn(new Random(7)) : Files.readAllLines(Path.of(file));
    }

    @Benchmark
    public List<Finding> searchTrace(Searched searched) {
        String trace = traces.get(next++ % traces.size());
        searched.characters += trace.length();
        return detector.inJson(trace, rules);
    }

    private static List<String> drawn(Random random) {
        String[] words =
                "the agent calls a tool to look up weather in Berlin and then writes what it found for its user"
                        .split(" ", -1);
        List<String> traces = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            StringBuilder content = new StringBuilder();
            for (int word = 0; word < 120; word++) {
                content.append(words[random.nextInt(words.length)]).append(word % 17 == 16 ? ".\\n" : " ");
            }
            traces.add("""
                    {"id":"%016x","traceId":"%016x%016x","type":"GENERATION","startTime":"2026-11-23T10:15:%02d.%03dZ",\
                    "model":"large-2026-10-01","usage":{"inputTokens":%d,"outputTokens":%d},"latency":%f,\
                    "input":{"messages":[{"role":"system","content":"You are helpful."},{"role":"user","content":"%s"}]},\
                    "output":{"role":"assistant","toolCalls":[{"id":"call_%012x","name":"getWeather","arguments":"{\\"city\\":\\"Berlin\\",\\"days\\":3}"}]}}""".formatted(
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextInt(60),
                            random.nextInt(1000),
                            random.nextInt(9000),
                            random.nextInt(900),
                            random.nextDouble(),
                            content,
                            random.nextLong() >>> 16));
        }
        return traces;
    }
}
