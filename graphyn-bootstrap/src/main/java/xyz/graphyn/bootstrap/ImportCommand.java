package xyz.graphyn.bootstrap;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xyz.graphyn.bootstrap.configuration.Mode;
import xyz.graphyn.bootstrap.configuration.SettingValues;
import xyz.graphyn.bootstrap.importer.BatchClient;
import xyz.graphyn.bootstrap.importer.EventFile;
import xyz.graphyn.bootstrap.importer.EventImport;
import xyz.graphyn.bootstrap.importer.EventImport.Summary;
import xyz.graphyn.bootstrap.importer.ImportException;
import xyz.graphyn.bootstrap.importer.Patience;

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
    private static final String INPUT = "-";

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Option(names = "--agent", required = true, paramLabel = "ID", description = "The agent that the events are of.")
    private UUID agent;

    @Option(
            names = "--batch",
            defaultValue = "100",
            paramLabel = "N",
            description = "Events in one request: 100, at most 1000.")
    private int batch;

    @Mixin
    private ServerOptions options;

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
        URI server = options.server(values);
        Supplier<String> tokens = options.tokens(server, values, surroundings.clock());
        PrintWriter err = spec.commandLine().getErr();
        options.warn(server, err);
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
}
