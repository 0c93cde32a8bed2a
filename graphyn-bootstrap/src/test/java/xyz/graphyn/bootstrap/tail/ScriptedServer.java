package xyz.graphyn.bootstrap.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A WebSocket server that says just what a test has it say (RFC 6455, sections 4.2 and 5). */
final class ScriptedServer implements AutoCloseable {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final JsonMapper JSON = new JsonMapper();

    private final ServerSocket listening;
    private final BlockingQueue<Client> clients = new LinkedBlockingQueue<>();
    private volatile int refuseWith;

    ScriptedServer() {
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

    /** Answers every attempt with this status and no WebSocket; 0 for no more. */
    void refuseWith(int status) {
        refuseWith = status;
    }

    /** The next one who comes, or has come. */
    Client next() throws InterruptedException {
        Client client = clients.poll(30, TimeUnit.SECONDS);
        if (client == null) {
            throw new AssertionError("nobody came within 30 s");
        }
        return client;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                Thread.ofVirtual().start(() -> greet(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void greet(Socket socket) {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            String key = "";
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                if (line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18)) {
                    key = line.substring(18).strip();
                }
            }
            OutputStream out = socket.getOutputStream();
            if (refuseWith > 0) {
                out.write(("HTTP/1.1 " + refuseWith + " No\r\nContent-Length: 0\r\n\r\n").getBytes(UTF_8));
                socket.close();
                return;
            }
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(UTF_8));
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n")
                    .getBytes(UTF_8));
            Client client = new Client(socket, in, out);
            clients.add(client);
            client.read();
        } catch (IOException gone) {
            // Clients go when they like.
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    private static String line(DataInputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(UTF_8);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    /** One connection. */
    static final class Client {
        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;
        private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();

        Client(Socket socket, DataInputStream in, OutputStream out) {
            this.socket = socket;
            this.in = in;
            this.out = out;
        }

        /** The next message of the client's. */
        JsonNode heard() throws InterruptedException {
            JsonNode message = messages.poll(30, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("the client said nothing for 30 s");
            }
            return message;
        }

        void say(String message) throws IOException {
            frame(true, TEXT, message.getBytes(UTF_8));
        }

        /** In pieces of this many bytes, wherever that cuts a character, with a ping in between. */
        void sayInPieces(String message, int size) throws IOException {
            byte[] bytes = message.getBytes(UTF_8);
            for (int from = 0; from < bytes.length; from += size) {
                int to = Math.min(bytes.length, from + size);
                frame(to == bytes.length, from == 0 ? TEXT : 0, Arrays.copyOfRange(bytes, from, to));
                frame(true, PING, new byte[0]);
            }
        }

        void close(int code, String reason) throws IOException {
            byte[] text = reason.getBytes(UTF_8);
            frame(
                    true,
                    CLOSE,
                    ByteBuffer.allocate(2 + text.length)
                            .putShort((short) code)
                            .put(text)
                            .array());
        }

        /** As a cable that is pulled. */
        void cut() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        private synchronized void frame(boolean last, int opcode, byte[] payload) throws IOException {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write((last ? 0x80 : 0) | opcode);
            if (payload.length < 126) {
                frame.write(payload.length);
            } else if (payload.length < 1 << 16) {
                frame.write(126);
                frame.writeBytes(
                        ByteBuffer.allocate(2).putShort((short) payload.length).array());
            } else {
                frame.write(127);
                frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
            }
            frame.writeBytes(payload);
            out.write(frame.toByteArray());
            out.flush();
        }

        private void read() throws IOException {
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0F;
                int length = in.readUnsignedByte() & 0x7F;
                if (length == 126) {
                    length = in.readUnsignedShort();
                }
                byte[] mask = in.readNBytes(4);
                byte[] payload = in.readNBytes(length);
                for (int i = 0; i < payload.length; i++) {
                    payload[i] ^= mask[i % 4];
                }
                if (opcode == TEXT) {
                    messages.add(JSON.readTree(new String(payload, UTF_8)));
                } else if (opcode == CLOSE) {
                    socket.close();
                    return;
                }
            }
        }
    }
}
