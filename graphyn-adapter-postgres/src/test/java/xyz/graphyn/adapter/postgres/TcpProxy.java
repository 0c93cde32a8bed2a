package xyz.graphyn.adapter.postgres;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the driver and the server: can take the server away and bring it back, and counts the trips, which end in
 * the message Sync each (PostgreSQL, "Frontend/Backend Protocol").
 */
final class TcpProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger syncs = new AtomicInteger();
    private volatile boolean away;
    private volatile boolean silent;

    TcpProxy(int target) {
        this.target = target;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    int syncs() {
        return syncs.get();
    }

    void takeAway() {
        away = true;
        open.forEach(TcpProxy::end);
    }

    /** Keeps the connections, and swallows what the server says, as a network does that was cut without a word. */
    void fallSilent() {
        silent = true;
    }

    void bringBack() {
        away = false;
    }

    @Override
    public void close() {
        takeAway();
        try {
            listening.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (away) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(client);
                open.add(server);
                Thread.startVirtualThread(() -> forward(client, server, true));
                Thread.startVirtualThread(() -> forward(server, client, false));
            } catch (IOException ended) {
                // The next client, or none if the proxy was closed.
            }
        }
    }

    private void forward(Socket from, Socket to, boolean fromClient) {
        try (from;
                to) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(from.getInputStream()));
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to.getOutputStream()));
            if (fromClient) {
                body(in, out);
                messages(in, out);
            } else {
                byte[] buffer = new byte[8192];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (!silent) {
                        out.write(buffer, 0, read);
                        out.flush();
                    }
                }
            }
        } catch (IOException ended) {
            // Which is what a broken connection looks like from here.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void messages(DataInputStream in, DataOutputStream out) throws IOException {
        for (int type = in.read(); type >= 0; type = in.read()) {
            if (type == 'S') {
                syncs.incrementAndGet();
            }
            out.write(type);
            body(in, out);
        }
    }

    private static void body(DataInputStream in, DataOutputStream out) throws IOException {
        int length = in.readInt();
        out.writeInt(length);
        out.write(in.readNBytes(length - Integer.BYTES));
        if (in.available() == 0) {
            out.flush();
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
