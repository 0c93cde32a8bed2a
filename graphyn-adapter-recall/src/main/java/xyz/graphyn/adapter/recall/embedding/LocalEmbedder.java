package xyz.graphyn.adapter.recall.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import xyz.graphyn.adapter.recall.work.Workers;
import xyz.graphyn.application.access.Refusal;

/**
 * all-MiniLM-L6-v2 (sentence-transformers; Wang and others, MiniLM, 2020), with its weights in bytes, run by ONNX Runtime. Its
 * vector of a text is the mean of those of its pieces.
 *
 * <p>One text at a time, each on one thread: padding texts of a batch to one length makes their vectors depend on each other,
 * as the quantized model measures the range of its numbers anew for each run, and is no faster on a processor.
 */
final class LocalEmbedder implements QuestionEmbedder {
    /** With what the vectors depend on: the weights, and how {@link Vectors} writes them. */
    static final String MODEL = "all-minilm-l6-v2-q/1";

    private static final String WEIGHTS = "/all-minilm-l6-v2-q.onnx";
    private static final String VOCABULARY = "/all-minilm-l6-v2-q-tokenizer.json";

    /** Texts that wait: some ten seconds' worth per thread. A batch that does not fit is refused whole. */
    private static final int QUEUE = 4 * MAX_BATCH;

    private final WordPieces pieces = WordPieces.of(VOCABULARY);
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Workers workers;

    /** Somebody waits for each, and must not wait for what is taken in meanwhile. */
    private final Workers questions;

    LocalEmbedder(int threads) {
        try (InputStream file = LocalEmbedder.class.getResourceAsStream(WEIGHTS)) {
            if (file == null) {
                throw new IllegalStateException(WEIGHTS + " is not on the class path");
            }
            environment = OrtEnvironment.getEnvironment();
            environment.setTelemetry(false);
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                session = environment.createSession(file.readAllBytes(), options);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OrtException e) {
            throw new IllegalStateException("The local model can't be loaded", e);
        }
        workers = new Workers("embedding", threads, QUEUE, "Too many texts wait to be embedded.");
        questions = new Workers("question", threads, QUEUE, "Too many questions wait to be embedded.");
    }

    @Override
    public String model() {
        return MODEL;
    }

    @Override
    public float similarity(byte[] one, byte[] other) {
        return Vectors.similarity(one, other);
    }

    @Override
    public List<byte[]> embed(List<String> passages) {
        if (passages.size() > MAX_BATCH) {
            throw new IllegalArgumentException("at most " + MAX_BATCH + " passages at once");
        }
        List<Future<byte[]>> started = new ArrayList<>(passages.size());
        try {
            passages.forEach(passage -> started.add(workers.start(() -> vector(passage))));
        } catch (Refusal e) {
            started.forEach(each -> each.cancel(false));
            throw e;
        }
        return started.stream().map(workers::await).toList();
    }

    @Override
    public byte[] embedQuestion(String question) {
        return questions.run(() -> vector(question));
    }

    private byte[] vector(String text) {
        long[] ids = pieces.in(text);
        long[] shape = {1, ids.length};
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        try (OnnxTensor words = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", words, "attention_mask", mask, "token_type_ids", types))) {
            OnnxTensor states = (OnnxTensor) result.get(0);
            FloatBuffer numbers = states.getFloatBuffer();
            float[] sum = new float[Math.toIntExact(states.getInfo().getShape()[2])];
            for (int i = 0; numbers.hasRemaining(); i++) {
                sum[i % sum.length] += numbers.get();
            }
            return Vectors.quantized(sum);
        } catch (OrtException e) {
            throw new IllegalStateException("The local model failed", e);
        }
    }

    @Override
    public void close() {
        boolean idle = questions.closed();
        idle &= workers.closed();
        if (!idle) {
            // Closing a model that computes ends the process.
            return;
        }
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
