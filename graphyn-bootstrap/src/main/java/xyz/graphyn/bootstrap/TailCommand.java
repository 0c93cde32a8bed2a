package xyz.graphyn.bootstrap;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import xyz.graphyn.bootstrap.configuration.Mode;
import xyz.graphyn.bootstrap.configuration.SettingValues;
import xyz.graphyn.bootstrap.tail.Backoff;
import xyz.graphyn.bootstrap.tail.Tail;

@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = {
            "Prints the events of agents as they come, one JSON object a line, each once and in order. Everything else goes "
                    + "to standard error.",
            "Where the connection is lost it connects again, and goes on behind the last event that it printed."
        })
final class TailCommand implements Callable<Integer> {
    /** What a server lets one connection watch. */
    private static final int MOST_AGENTS = 1_000;

    private static final int MOST_TYPES = 20;
    private static final int SIGNALLED = 0;

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--agent",
            required = true,
            arity = "1..*",
            paramLabel = "ID",
            description = "The agents to watch; may be given several times.")
    private List<UUID> agents;

    @Option(
            names = "--after",
            paramLabel = "SEQ",
            description = "Begin with the event behind this one, 0 for all; by default with the next that comes.")
    private @Nullable Long after;

    @Option(
            names = "--type",
            arity = "1..*",
            paramLabel = "T",
            description = "Only events of this type; may be given several times, for any of several types.")
    private List<String> types = List.of();

    @Mixin
    private ServerOptions options;

    @SuppressWarnings("NullAway.Init") // picocli sets the options before the command runs.
    TailCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        List<UUID> each = List.copyOf(new LinkedHashSet<>(agents));
        check(each.size() <= MOST_AGENTS, "--agent can be given at most " + MOST_AGENTS + " times.");
        check(types.size() <= MOST_TYPES, "--type can be given at most " + MOST_TYPES + " times.");
        check(after == null || after >= 0, "--after must be a seq, from 0.");
        SettingValues values = surroundings.settings(Mode.TOOL);
        URI server = options.server(values);
        Supplier<String> tokens = options.tokens(server, values, surroundings.clock());
        options.warn(server, spec.commandLine().getErr());
        Tail.Wish wish = new Tail.Wish(each, after, List.copyOf(new LinkedHashSet<>(types)));
        try (Tail tail = new Tail(
                server,
                wish,
                tokens,
                new Backoff(Math::random),
                surroundings.clock(),
                new FileOutputStream(FileDescriptor.out),
                spec.commandLine().getErr())) {
            run(tail);
        }
        return ExitCode.OK;
    }

    private static void run(Tail tail) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Thread onSignal = new Thread(() -> endBySignal(tail, done), "stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            tail.run();
        } finally {
            done.countDown();
            forget(onSignal);
        }
    }

    /** To be ended is what a tail is for, so it is no failure: the process ends with 0 and not with the signal's own code. */
    private static void endBySignal(Tail tail, CountDownLatch done) {
        tail.close();
        try {
            // As long as it takes to say goodbye to the server.
            boolean unused = done.await(2, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(SIGNALLED);
    }

    private static void forget(Thread onSignal) {
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException ending) {
            // The signal came; the hook ends the process.
        }
    }

    private void check(boolean holds, String rule) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), rule);
        }
    }
}
