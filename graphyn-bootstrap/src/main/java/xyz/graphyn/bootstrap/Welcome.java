package xyz.graphyn.bootstrap;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import xyz.graphyn.bootstrap.dev.DevelopmentIssuer;
import xyz.graphyn.domain.access.Role;

/** What someone who has just started {@code dev} wants to read next. */
final class Welcome {
    private static final Duration TOKEN_LIFE = Duration.ofHours(12);

    private Welcome() {}

    static String text(URI server, Duration took, DevelopmentIssuer issuer, Path home) {
        String seconds = String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0);
        return """

                Graphyn is ready at %1$s after %2$s s. Its data is in %3$s. Ctrl-C stops it.
                Docs: %1$s/docs

                A token for Ada, admin of acme, good for 12 hours (./graphyn token makes others):

                TOKEN=%4$s

                Paste that line, then these, which create an agent, post an event and list the events:

                AGENT=$(curl -sS %1$s/agents -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"name":"My first agent"}' | sed -n 's/^{"id":"\\([^"]*\\)".*/\\1/p'); echo "$AGENT"
                curl -sS %1$s/agents/$AGENT/events -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"type":"message","payload":{"role":"user","content":"Hello!"}}'
                curl -sS "%1$s/agents/$AGENT/events?order=asc" -H "Authorization: Bearer $TOKEN"

                """.formatted(server, seconds, home, issuer.sign("ada", "acme", Role.ADMIN, TOKEN_LIFE));
    }
}
