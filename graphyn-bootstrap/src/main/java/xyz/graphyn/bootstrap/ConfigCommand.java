package xyz.graphyn.bootstrap;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import xyz.graphyn.bootstrap.configuration.Mode;
import xyz.graphyn.bootstrap.configuration.SettingSources;
import xyz.graphyn.bootstrap.configuration.SettingValues;
import xyz.graphyn.bootstrap.configuration.SettingValues.Shown;

@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Lists the effective configuration and where each value comes from. Secrets are not shown.")
final class ConfigCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--for",
            defaultValue = "tool",
            paramLabel = "COMMAND",
            description = "Also checks that all is there that the command needs: dev, serve or migrate.")
    private Mode mode;

    @SuppressWarnings("NullAway.Init") // picocli sets the options before the command runs.
    ConfigCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        SettingSources sources = surroundings.sources();
        List<Shown> lines = SettingValues.show(sources);
        int name = width(lines.stream().map(line -> line.setting().name()).toList());
        int origin = width(lines.stream().map(line -> line.origin().toString()).toList());
        PrintWriter out = spec.commandLine().getOut();
        for (Shown line : lines) {
            String text = String.format(
                    "%-" + name + "s  %-" + origin + "s  %s", line.setting().name(), line.origin(), line.value());
            out.println(text.stripTrailing());
        }
        out.flush();
        SettingValues.read(sources, mode);
        return ExitCode.OK;
    }

    private static int width(List<String> column) {
        return column.stream().mapToInt(String::length).max().orElse(1);
    }
}
