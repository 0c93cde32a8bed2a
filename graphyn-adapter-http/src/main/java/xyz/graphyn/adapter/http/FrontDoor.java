package xyz.graphyn.adapter.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What every request meets first. */
final class FrontDoor extends Handler.Wrapper {
    /** Javalin would let it turn a GET that a proxy lets through into a DELETE. */
    private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        SlowHeads.headWasRead(request);
        return super.handle(
                request.getHeaders().contains(METHOD_OVERRIDE) ? new WithoutOverride(request) : request,
                response,
                callback);
    }

    private static final class WithoutOverride extends Request.Wrapper {
        private final HttpFields headers;

        WithoutOverride(Request request) {
            super(request);
            this.headers = HttpFields.build(request.getHeaders()).remove(METHOD_OVERRIDE);
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
