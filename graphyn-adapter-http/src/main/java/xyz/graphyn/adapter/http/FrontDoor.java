package xyz.graphyn.adapter.http;

import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/** What every request meets first. */
final class FrontDoor extends Handler.Wrapper {
    /** Javalin would let it turn a GET that a proxy lets through into a DELETE. */
    private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

    /** Where there is no WebSocket, Javalin would answer in its own words; without these it is a request like any other. */
    private static final List<HttpHeader> OF_WEB_SOCKET = List.of(
            HttpHeader.UPGRADE,
            HttpHeader.SEC_WEBSOCKET_KEY,
            HttpHeader.SEC_WEBSOCKET_VERSION,
            HttpHeader.SEC_WEBSOCKET_EXTENSIONS,
            HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL);

    private final Upgrades upgrades;

    FrontDoor(Upgrades upgrades) {
        this.upgrades = upgrades;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        SlowHeads.headWasRead(request);
        if (Upgrades.isAskedFor(request)) {
            WebSocketComponents components = WebSocketServerComponents.ensureWebSocketComponents(getServer());
            return upgrades.serve(request, response, components, callback)
                    || super.handle(new Plain(request), response, callback);
        }
        return super.handle(
                request.getHeaders().contains(METHOD_OVERRIDE) ? new Plain(request) : request, response, callback);
    }

    private static final class Plain extends Request.Wrapper {
        private final HttpFields headers;

        Plain(Request request) {
            super(request);
            HttpFields.Mutable fewer = HttpFields.build(request.getHeaders()).remove(METHOD_OVERRIDE);
            OF_WEB_SOCKET.forEach(fewer::remove);
            this.headers = fewer;
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
