package xyz.graphyn.bootstrap.importer;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import xyz.graphyn.bootstrap.importer.Answer.Recorded;

/** Sends batches to one agent, and tries again where that can't record anything twice. */
public final class BatchClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final HttpClient client;
    private final URI endpoint;
    private final Supplier<String> token;
    private final Patience patience;

    /**
     * A client of one agent.
     *
     * @param server the URL of the API
     * @param token asked before each request, so that it may be a fresh one
     */
    public BatchClient(URI server, UUID agent, Supplier<String> token, Patience patience) {
        String base = server.toString().replaceAll("/+$", "");
        this.endpoint = URI.create(base + "/agents/" + agent + "/events/batch");
        this.token = token;
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
    }

    /** Sends a batch until it is answered, and gives what was recorded, one for each line. */
    List<Recorded> send(List<EventLine> batch) throws ImportException, InterruptedException {
        boolean repeatable = batch.stream().allMatch(EventLine::identified);
        String body = batch.stream().map(EventLine::json).collect(Collectors.joining(",", "{\"events\":[", "]}"));
        for (int attempt = 1; ; attempt++) {
            String failure;
            Duration pause = patience.after(attempt);
            try {
                HttpResponse<String> response = client.send(request(body), BodyHandlers.ofString());
                int status = response.statusCode();
                if (status == 200 || status == 201) {
                    return Answer.recorded(response.body(), batch);
                }
                failure = Answer.problem(status, response.body(), batch);
                if (status < 500 && status != TOO_MANY) {
                    throw new ImportException(where(batch) + " were refused. " + failure);
                }
                // Unlike the others, 503 says that nothing was done (RFC 9110, section 15.6.4).
                if (status != TOO_MANY && status != UNAVAILABLE && !repeatable) {
                    throw new ImportException(failure + unsure(batch));
                }
                pause = asked(response).orElse(pause);
                if (pause.compareTo(patience.longestPause()) > 0) {
                    throw new ImportException(where(batch) + " were not recorded: the server asks to come back in "
                            + pause.toSeconds() + " s. Run the import again then.");
                }
            } catch (ConnectException | HttpConnectTimeoutException e) {
                failure = endpoint.getAuthority() + " can't be reached.";
            } catch (IOException e) {
                failure = "The connection to " + endpoint.getAuthority() + " was lost before the answer came.";
                if (!repeatable) {
                    throw new ImportException(failure + unsure(batch));
                }
            }
            if (attempt >= patience.attempts()) {
                throw new ImportException(where(batch) + " were given up after " + attempt + " attempts. " + failure);
            }
            patience.pauses().wait(pause);
        }
    }

    private HttpRequest request(String body) {
        return HttpRequest.newBuilder(endpoint)
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + token.get())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    /** Retry-After in seconds; in its other form, a date, it says nothing that a pause of our own doesn't. */
    private static Optional<Duration> asked(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    private static String unsure(List<EventLine> batch) {
        return "\n" + where(batch)
                + " may have been recorded or not, and not all of them have an externalId that would let "
                + "them be sent again safely. Look before you go on.";
    }

    private static String where(List<EventLine> batch) {
        return "Lines " + batch.getFirst().number() + " to " + batch.getLast().number();
    }

    @Override
    public void close() {
        client.close();
    }
}
