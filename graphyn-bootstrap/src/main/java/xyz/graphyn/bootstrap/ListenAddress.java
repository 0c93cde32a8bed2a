package xyz.graphyn.bootstrap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import xyz.graphyn.adapter.http.HttpConfiguration;

/** Tries the address before anything else is started, so that a taken port is one line and not a late stack trace. */
final class ListenAddress {
    private ListenAddress() {}

    static void requireFree(HttpConfiguration http) throws StartException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(http.host()), http.port()));
        } catch (UnknownHostException e) {
            throw new StartException("This machine can't find the address " + http.host()
                    + ". Set GRAPHYN_HOST to one of its own, such as 127.0.0.1 or 0.0.0.0.");
        } catch (IOException e) {
            throw unusable(http, e);
        }
    }

    /** What to say when the address can't be listened on. */
    static StartException unusable(HttpConfiguration http, IOException why) {
        return new StartException("Port " + http.port() + " on " + http.host() + " can't be used: " + why.getMessage()
                + ". Stop what uses it, or set GRAPHYN_PORT to another one.");
    }
}
