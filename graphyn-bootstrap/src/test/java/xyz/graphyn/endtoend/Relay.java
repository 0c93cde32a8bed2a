package xyz.graphyn.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One address for servers that come and go, and a cable that can be pulled. */
final class Relay implements AutoCloseable {
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile URI target;

    Relay(URI target) {
        this.target = target;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().start(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** Where new connections go from now on. */
    void to(URI next) {
        target = next;
    }

    /** Breaks every connection, without a word to either side. */
    void cut() {
        open.forEach(Relay::reset);
        open.clear();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> join(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void join(Socket client) {
        open.add(client);
        try {
            Socket server = new Socket(target.getHost(), target.getPort());
            open.add(server);
            Thread.ofVirtual().start(() -> pass(client, server));
            pass(server, client);
        } catch (IOException away) {
            reset(client);
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException broken) {
            reset(from);
            reset(to);
        }
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            // As it should be.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
