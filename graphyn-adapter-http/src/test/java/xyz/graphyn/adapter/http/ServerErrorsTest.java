package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xyz.graphyn.testkit.SequentialIds;

class ServerErrorsTest {
    @ParameterizedTest
    @CsvSource({"503, unavailable, true", "404, not-found, false"})
    void saysWhenToComeAgainWhereItIsWorthwhile(int status, String code, boolean comeAgain) throws Exception {
        String answer = answer(status);
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        assertTrue(answer.contains("\"code\":\"" + code + "\""), answer);
        assertEquals(comeAgain, answer.contains("Retry-After: 5\r\n"), answer);
    }

    private static String answer(int status) throws Exception {
        Server server = new Server();
        LocalConnector connector = new LocalConnector(server);
        server.addConnector(connector);
        server.setErrorHandler(new ServerErrors(new RequestIds(new SequentialIds()), new SecurityHeaders(null)));
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                Response.writeError(request, response, callback, status);
                return true;
            }
        });
        server.start();
        try {
            return connector.getResponse("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        } finally {
            server.stop();
        }
    }
}
