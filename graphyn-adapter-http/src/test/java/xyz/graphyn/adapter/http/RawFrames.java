package xyz.graphyn.adapter.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** A WebSocket client that sends whatever frames it is told to, and reads only when it is told to. */
final class RawFrames implements AutoCloseable {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int FIN = 0x80;

    private final Socket socket = new Socket();
    private final DataInputStream in;

    /** A frame as it was read. */
    static final class Frame {
        private final int firstByte;
        private final byte[] payload;

        private Frame(int firstByte, byte[] payload) {
            this.firstByte = firstByte;
            this.payload = payload;
        }

        int firstByte() {
            return firstByte;
        }

        int opCode() {
            return firstByte & 0x0f;
        }

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** Code and reason of a close frame. */
        String close() {
            int code = ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
            return code + " " + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        }
    }

    /** @param receiveBuffer bytes that the system takes in for a client that does not read; 0 for as many as usual */
    RawFrames(int port, int receiveBuffer) {
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(20_000);
            in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream().write(upgrade().getBytes(StandardCharsets.ISO_8859_1));
            String head = readHead();
            if (!head.startsWith("HTTP/1.1 101 ")) {
                throw new IllegalStateException(head);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The head of a request for an upgrade, with these headers more. */
    static String upgrade(String... headers) {
        return RawSocket.head(Stream.concat(
                        Stream.of(
                                "GET /stream HTTP/1.1",
                                "Host: localhost",
                                "Connection: Upgrade",
                                "Upgrade: websocket",
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Extensions: permessage-deflate",
                                "Sec-WebSocket-Protocol: graphyn",
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
                        Stream.of(headers))
                .toArray(String[]::new));
    }

    private String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    void send(int firstByte, String payload) {
        send(firstByte, payload.getBytes(StandardCharsets.UTF_8), true);
    }

    void send(int firstByte, byte[] payload, boolean masked) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(firstByte);
        int mask = masked ? 0x80 : 0;
        if (payload.length < 126) {
            frame.write(mask | payload.length);
        } else if (payload.length < 65_536) {
            frame.write(mask | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(mask | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        byte[] key = {1, 2, 3, 4};
        if (masked) {
            frame.writeBytes(key);
        }
        for (int i = 0; i < payload.length; i++) {
            frame.write(masked ? payload[i] ^ key[i % 4] : payload[i]);
        }
        try {
            socket.getOutputStream().write(frame.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Frame read() {
        try {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] payload = new byte[length];
            in.readFully(payload);
            return new Frame(first, payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next frame of this kind; those before it are passed over. */
    Frame read(int opCode) {
        Frame frame = read();
        while (frame.opCode() != opCode) {
            frame = read();
        }
        return frame;
    }

    /** Whether the server has ended the connection; what came before is passed over. */
    boolean isEnded() {
        try {
            byte[] rest = new byte[8_192];
            while (in.read(rest) >= 0) {
                // Passed over.
            }
            return true;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
