package xyz.graphyn.bootstrap;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import xyz.graphyn.bootstrap.configuration.ConfigurationException;
import xyz.graphyn.bootstrap.configuration.ProductVersion;
import xyz.graphyn.bootstrap.demo.DemoException;
import xyz.graphyn.bootstrap.dev.DevelopmentException;
import xyz.graphyn.bootstrap.importer.ImportException;
import xyz.graphyn.bootstrap.tail.TailException;

/**
 * The {@code graphyn} command. Answers go to standard output, everything else to standard error. It ends with 0, with 2
 * for a command line that is wrong, and with 1 for all that fails later.
 */
@Command(
        name = "graphyn",
        description = "The self-hosted backend for AI agents.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Settings are environment variables, or lines of a .env file: see `graphyn config`."})
public final class Main {
    private Main() {}

    /** Runs one command and ends the process. */
    public static void main(String[] arguments) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        // The start script looks, because Java 21 can't tell.
        boolean terminal = Boolean.getBoolean("graphyn.terminal");
        Surroundings surroundings =
                new Surroundings(System.getenv(), Path.of("").toAbsolutePath(), InstantSource.system(), terminal);
        System.exit(commandLine(surroundings).execute(arguments));
    }

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new Main())
                .addSubcommand(new DevCommand(surroundings))
                .addSubcommand(new DemoCommand(surroundings))
                .addSubcommand(new ServeCommand(surroundings))
                .addSubcommand(new MigrateCommand(surroundings))
                .addSubcommand(new RestoredCommand(surroundings))
                .addSubcommand(new TokenCommand(surroundings))
                .addSubcommand(new ImportCommand(surroundings))
                .addSubcommand(new TailCommand(surroundings))
                .addSubcommand(new ConfigCommand(surroundings))
                .addSubcommand(new OpenApiCommand(surroundings))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> report(failure, commandLine));
    }

    private static int report(Exception failure, CommandLine commandLine) {
        if (failure instanceof ConfigurationException wrong) {
            int count = wrong.mistakes().size();
            commandLine
                    .getErr()
                    .println(
                            count == 1
                                    ? "The configuration has a mistake:"
                                    : "The configuration has " + count + " mistakes:");
            commandLine.getErr().println(wrong.getMessage());
            commandLine.getErr().println("docs/configuration.md describes every setting.");
        } else if (failure instanceof DevelopmentException
                || failure instanceof StartException
                || failure instanceof ImportException
                || failure instanceof TailException
                || failure instanceof DemoException) {
            commandLine.getErr().println(failure.getMessage());
        } else if (!(failure instanceof CancellationException)) {
            LoggerFactory.getLogger(Main.class)
                    .error("{} failed", commandLine.getCommandSpec().qualifiedName(), failure);
        }
        return ExitCode.SOFTWARE;
    }

    /** What --version prints. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"graphyn " + ProductVersion.get() + " on Java " + Runtime.version()};
        }
    }
}
