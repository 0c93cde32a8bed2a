package xyz.graphyn.adapter.recall.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import xyz.graphyn.application.access.Refusal;

/**
 * An endpoint like OpenAI's {@code POST /v1/embeddings}, which many servers of models have. It is sent masked texts, and the
 * questions of callers.
 */
final class RemoteEmbedder implements QuestionEmbedder {
    /** It is these texts that it doesn't take, not texts as such: malformed, too large, unprocessable. */
    private static final Set<Integer> REFUSED = Set.of(400, 413, 422);

    private static final Logger LOG = LoggerFactory.getLogger(RemoteEmbedder.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** At one time, so that a slow endpoint holds up a few callers and refuses the others. */
    private static final int MOST_REQUESTS = 16;

    /** As much as most models read; the rest of a longer question would be refused by many. */
    private static final int LONGEST_QUESTION = 8_000;

    /** 256 vectors of 4,096 numbers of 20 characters. */
    private static final int LARGEST_ANSWER = 24 << 20;

    private static final int MOST_DIMENSIONS = 4_096;

    private final HttpClient client;
    private final URI endpoint;
    private final String model;
    private final @Nullable String key;
    private final Duration timeout;
    private final Semaphore requests = new Semaphore(MOST_REQUESTS);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    RemoteEmbedder(URI baseUrl, String model, @Nullable String key, Duration timeout) {
        String base = baseUrl.toString();
        this.endpoint = URI.create((base.endsWith("/") ? base : base + "/") + "embeddings");
        this.model = model;
        this.key = key;
        this.timeout = timeout;
        // Redirects are not followed: they could carry texts somewhere else.
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public String model() {
        return "remote/" + model + "/1";
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
        if (passages.isEmpty()) {
            return List.of();
        }
        if (!requests.tryAcquire()) {
            throw new Refusal.Unavailable("Too many texts wait to be embedded.", RETRY_AFTER);
        }
        try {
            return vectors(inTime(passages), passages.size());
        } finally {
            requests.release();
        }
    }

    @Override
    public byte[] embedQuestion(String question) {
        int end = Math.min(question.length(), LONGEST_QUESTION);
        if (end < question.length() && Character.isLowSurrogate(question.charAt(end))) {
            end--;
        }
        return embed(List.of(question.substring(0, end))).getFirst();
    }

    /** The client's own timeout ends with the first byte of an answer; one that trickles in is cut off here. */
    private JsonNode inTime(List<String> passages) {
        Future<JsonNode> answer = callers.submit(() -> send(passages));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw away("took longer than " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away("was not waited for");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private JsonNode send(List<String> passages) {
        ObjectNode body = JSON.createObjectNode();
        body.put("model", model);
        ArrayNode input = body.putArray("input");
        passages.forEach(input::add);
        body.put("encoding_format", "float");
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        try {
            HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream answer = response.body()) {
                if (REFUSED.contains(response.statusCode())) {
                    LOG.warn(
                            "The endpoint for embeddings {} refused texts: {}",
                            endpoint.getHost(),
                            response.statusCode());
                    throw new IllegalArgumentException("the endpoint for embeddings refused a text");
                }
                if (response.statusCode() != 200) {
                    throw away("answered " + response.statusCode());
                }
                byte[] bytes = answer.readNBytes(LARGEST_ANSWER + 1);
                if (bytes.length > LARGEST_ANSWER) {
                    throw away("answered more than " + LARGEST_ANSWER + " bytes");
                }
                return JSON.readTree(bytes);
            }
        } catch (IOException e) {
            throw away("failed with " + e.getClass().getSimpleName());
        } catch (JacksonException e) {
            throw away("answered what is no JSON");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away("was not waited for");
        }
    }

    private List<byte[]> vectors(JsonNode answer, int count) {
        JsonNode data = answer.path("data");
        if (data.size() != count) {
            throw away("gave " + data.size() + " vectors for " + count + " texts");
        }
        SortedMap<Integer, byte[]> vectors = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            JsonNode item = data.get(i);
            vectors.put(item.path("index").asInt(i), vector(item.path("embedding")));
        }
        int dimensions = vectors.firstEntry().getValue().length;
        if (vectors.size() < count
                || vectors.firstKey() != 0
                || vectors.lastKey() != count - 1
                || vectors.values().stream().anyMatch(vector -> vector.length != dimensions)) {
            throw away("gave vectors that can't be told apart or compared");
        }
        return List.copyOf(vectors.values());
    }

    private byte[] vector(JsonNode numbers) {
        if (numbers.isEmpty() || numbers.size() > MOST_DIMENSIONS) {
            throw away("gave a vector of " + numbers.size() + " numbers");
        }
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) numbers.get(i).asDouble(0);
        }
        return Vectors.quantized(vector);
    }

    // Neither the texts nor the endpoint's words go into the log or the answer: both may hold what callers wrote.
    private Refusal.Unavailable away(String what) {
        LOG.warn("The endpoint for embeddings {} {}", endpoint.getHost(), what);
        return new Refusal.Unavailable("The endpoint for embeddings can't be used for now.", RETRY_AFTER);
    }

    @Override
    public void close() {
        callers.shutdownNow();
        client.shutdownNow();
    }
}
