package xyz.graphyn.adapter.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client that sends whatever it is told to. */
final class RawSocket implements AutoCloseable {
    private final Socket socket;

    RawSocket(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(10_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A head of these lines. */
    static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** Sends this and reads until the server closes the connection; fails if it doesn't within ten seconds. */
    static String exchange(int port, String text) {
        try (RawSocket socket = new RawSocket(port)) {
            socket.send(text.replaceFirst("(?s)(\r\n\r\n.*|$)", "\r\nConnection: close$1"));
            return socket.readToEnd();
        }
    }

    /** The same, as it is: the server closes on its own account. */
    static String exchangeUntilClosed(int port, String text) {
        try (RawSocket socket = new RawSocket(port)) {
            socket.send(text);
            return socket.readToEnd();
        }
    }

    /** @return false if the server has closed the connection */
    boolean send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    String readToEnd() {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[8_192];
        try {
            InputStream in = socket.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                text.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            }
        } catch (SocketTimeoutException open) {
            throw new AssertionError("The server leaves the connection open after: " + text, open);
        } catch (IOException reset) {
            text.append("<reset>");
        }
        return text.toString();
    }

    /** Reads on until this has come; false if the connection ends before. */
    boolean readUntil(String expected) {
        StringBuilder end = new StringBuilder();
        byte[] buffer = new byte[8_192];
        try {
            InputStream in = socket.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                end.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                if (end.indexOf(expected) >= 0) {
                    return true;
                }
                end.delete(0, Math.max(0, end.length() - expected.length()));
            }
            return false;
        } catch (IOException ended) {
            return false;
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
