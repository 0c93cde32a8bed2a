package xyz.graphyn.adapter.http.endpoint;

import org.eclipse.jetty.websocket.core.FrameHandler;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.access.Principal;

/** Takes over connections that change to WebSocket. */
@FunctionalInterface
public interface SocketHandler {
    /**
     * A handler for one connection. The handshake may still break off, and then it is never opened: what it takes from
     * others it takes only once it is.
     *
     * @param principal who sent a token with the request; null if none was sent
     * @throws xyz.graphyn.application.access.Refusal if there is no place for it
     */
    FrameHandler open(@Nullable Principal principal, String requestId);
}
