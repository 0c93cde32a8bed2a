package xyz.graphyn.bootstrap;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xyz.graphyn.bootstrap.configuration.Mode;
import xyz.graphyn.bootstrap.configuration.Secret;
import xyz.graphyn.bootstrap.configuration.SettingValues;
import xyz.graphyn.bootstrap.configuration.Settings;
import xyz.graphyn.bootstrap.dev.DevelopmentException;
import xyz.graphyn.bootstrap.dev.DevelopmentIssuer;
import xyz.graphyn.bootstrap.importer.BatchClient;
import xyz.graphyn.bootstrap.importer.EventFile;
import xyz.graphyn.bootstrap.importer.EventImport;
import xyz.graphyn.bootstrap.importer.EventImport.Summary;
import xyz.graphyn.bootstrap.importer.ImportException;
import xyz.graphyn.bootstrap.importer.Patience;
import xyz.graphyn.domain.access.Role;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = {
            "Records the events of a file, in its order. Each line is one event: {\"type\":…,\"payload\":…} with "
                    + "occurredAt, sessionId and externalId as you like.",
            "Events with an externalId are recorded once, however often the file is imported."
        })
final class ImportCommand implements Callable<Integer> {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Duration OWN_TOKEN = Duration.ofMinutes(5);
    private static final String INPUT = "-";

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Option(names = "--agent", required = true, paramLabel = "ID", description = "The agent that the events are of.")
    private UUID agent;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The server; by default the one on this machine that the settings name.")
    private @Nullable URI url;

    @Option(
            names = "--batch",
            defaultValue = "100",
            paramLabel = "N",
            description = "Events in one request: 100, at most 1000.")
    private int batch;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "Session token; better given as GRAPHYN_TOKEN, which other users of the machine can't see. "
                    + "For a server on loopback one of `dev` is minted when there is none.")
    private @Nullable String token;

    @Option(
            names = "--user",
            defaultValue = "ada",
            paramLabel = "ID",
            converter = SessionOptions.Identifier.class,
            description = "Whose token is minted: ada.")
    private String user;

    @Option(
            names = "--org",
            defaultValue = "acme",
            paramLabel = "ID",
            converter = SessionOptions.Identifier.class,
            description = "The organization in it: acme.")
    private String organization;

    @Option(names = "--role", defaultValue = "admin", paramLabel = "ROLE", description = "The role in it: admin.")
    private Role role;

    @Parameters(paramLabel = "FILE", description = "NDJSON, packed when its name ends in .gz; - for standard input.")
    private String file;

    @SuppressWarnings("NullAway.Init") // picocli sets the options before the command runs.
    ImportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        if (batch < 1 || batch > 1000) {
            throw new ParameterException(spec.commandLine(), "--batch must be from 1 to 1000, not " + batch);
        }
        SettingValues values = surroundings.settings(Mode.TOOL);
        URI server = server(values);
        Supplier<String> tokens = tokens(server, values);
        PrintWriter err = spec.commandLine().getErr();
        if (server.getScheme().equals("http") && !LOOPBACK.contains(server.getHost())) {
            err.println("Warning: over http:// the token and the events can be read on the way.");
        }
        try (EventFile events = file.equals(INPUT) ? EventFile.of(System.in) : EventFile.open(Path.of(file));
                BatchClient client = new BatchClient(server, agent, tokens, Patience.usual())) {
            Summary summary = run(new EventImport(client, batch), events);
            if (summary.unidentified() > 0) {
                err.printf(
                        "Warning: %,d events have no externalId. Importing the file again would record them again.%n",
                        summary.unidentified());
            }
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%d events: %d created, %d known already. Last seq: %d%n",
                            summary.events(), summary.created(), summary.known(), summary.lastSeq());
            return ExitCode.OK;
        }
    }

    private Summary run(EventImport sending, EventFile events)
            throws ImportException, InterruptedException, IOException {
        if (!surroundings.terminal()) {
            return sending.run(events, summary -> {});
        }
        long size = file.equals(INPUT) ? -1 : Files.size(Path.of(file));
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("import")
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setInitialMax(size)
                .setUnit(" kB", 1024)
                .build()) {
            return sending.run(events, summary -> {
                bar.stepTo(events.bytesRead());
                bar.setExtraMessage(" " + summary.events() + " events");
            });
        }
    }

    private URI server(SettingValues values) {
        URI server = url == null ? URI.create("http://127.0.0.1:" + values.get(Settings.PORT)) : url;
        boolean fits = server.getHost() != null && Set.of("http", "https").contains(String.valueOf(server.getScheme()));
        if (!fits || server.getRawQuery() != null || server.getRawUserInfo() != null) {
            throw new ParameterException(
                    spec.commandLine(), "--url must be an http:// or https:// URL such as https://graphyn.example.com");
        }
        return server;
    }

    private Supplier<String> tokens(URI server, SettingValues values) throws DevelopmentException {
        Optional<String> given =
                Optional.ofNullable(token).or(() -> values.find(Settings.TOKEN).map(Secret::value));
        if (given.isPresent()) {
            return given::get;
        }
        if (!LOOPBACK.contains(server.getHost())) {
            throw new ParameterException(spec.commandLine(), "A server elsewhere needs a token: set GRAPHYN_TOKEN.");
        }
        DevelopmentIssuer issuer = DevelopmentIssuer.of(values.get(Settings.HOME), surroundings.clock());
        return () -> issuer.sign(user, organization, role, OWN_TOKEN);
    }
}
