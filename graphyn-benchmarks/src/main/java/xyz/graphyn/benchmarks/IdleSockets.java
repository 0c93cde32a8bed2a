package xyz.graphyn.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What many WebSockets that watch an agent, and hear nothing, take of a server's memory, and whether it gives it back when
 * they are gone. Linux, on the server's machine. The server must allow as many (its settings for connections and streams,
 * and the limit on open files).
 *
 * <p>Arguments: the server's URL, its process id, an agent's id, connections (10000), seconds between two looks (30). A token
 * is taken from {@code GRAPHYN_TOKEN}.
 */
public final class IdleSockets {
    private static final int AT_ONCE = 200;
    private static final int LOOKS_AFTER = 5;
    private static final PrintStream OUT = System.out;

    private IdleSockets() {}

    public static void main(String[] args) throws Exception {
        int count = args.length > 3 ? Integer.parseInt(args[3]) : 10_000;
        int pause = args.length > 4 ? Integer.parseInt(args[4]) : 30;
        String token = System.getenv("GRAPHYN_TOKEN");
        if (args.length < 3 || token == null) {
            throw new IllegalArgumentException(
                    "Give a server's URL, its process id, an agent, and a token in GRAPHYN_TOKEN.");
        }
        URI stream = URI.create(args[0].replaceFirst("^http", "ws") + "/stream");
        String subscribe =
                "{\"type\":\"subscribe\",\"token\":\"" + token + "\",\"agents\":[{\"agentId\":\"" + args[2] + "\"}]}";
        long before = look("before", args[1]);
        HttpClient client = HttpClient.newHttpClient();
        List<WebSocket> open = new ArrayList<>(count);
        while (open.size() < count) {
            List<CompletableFuture<WebSocket>> opening = new ArrayList<>();
            for (int i = 0; i < Math.min(AT_ONCE, count - open.size()); i++) {
                Subscribed subscribed = new Subscribed();
                opening.add(client.newWebSocketBuilder()
                        .buildAsync(stream, subscribed)
                        .thenCompose(socket -> socket.sendText(subscribe, true))
                        .thenCompose(socket -> subscribed.answer.thenApply(answer -> socket)));
            }
            for (CompletableFuture<WebSocket> one : opening) {
                open.add(one.get(30, TimeUnit.SECONDS));
            }
        }
        look(count + " open", args[1]);
        TimeUnit.SECONDS.sleep(pause);
        long idle = look(count + " idle for " + pause + " s", args[1]);
        long alive = open.stream().filter(socket -> !socket.isInputClosed()).count();
        OUT.printf("%d are alive; %.1f KiB for each%n", alive, (idle - before) / (double) count);
        open.forEach(WebSocket::abort);
        for (int i = 1; i <= LOOKS_AFTER; i++) {
            TimeUnit.SECONDS.sleep(pause);
            look("closed for " + i * pause + " s", args[1]);
        }
        client.shutdownNow();
    }

    /** @return the process's resident set (proc(5), VmRSS), in KiB */
    private static long look(String when, String process) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", process, "status"))) {
            if (line.startsWith("VmRSS:")) {
                long kib = Long.parseLong(line.replaceAll("\\D", ""));
                OUT.printf("%-24s %,d MiB resident%n", when, kib / 1024);
                return kib;
            }
        }
        throw new IOException("the process's memory can't be read");
    }

    private static final class Subscribed implements WebSocket.Listener {
        private final CompletableFuture<String> answer = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            if (data.toString().contains("\"subscribed\"")) {
                answer.complete(data.toString());
            } else {
                answer.completeExceptionally(new IOException(data.toString()));
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            answer.completeExceptionally(new IOException("closed with " + code + " " + reason));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            answer.completeExceptionally(failure);
        }
    }
}
