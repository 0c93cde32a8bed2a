package xyz.graphyn.bootstrap;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import xyz.graphyn.adapter.http.HttpConfiguration.Limits;
import xyz.graphyn.adapter.http.HttpServer;
import xyz.graphyn.bootstrap.configuration.Mode;
import xyz.graphyn.bootstrap.configuration.ProductVersion;
import xyz.graphyn.bootstrap.configuration.ServerConfiguration;
import xyz.graphyn.bootstrap.configuration.SettingValues;
import xyz.graphyn.bootstrap.configuration.Settings;

@Command(
        name = "openapi",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Prints the OpenAPI document of the API, as a server with these settings would give it.")
final class OpenApiCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec before the command runs.
    OpenApiCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        SettingValues values = surroundings.settings(Mode.TOOL);
        Limits limits = ServerConfiguration.limits(values);
        byte[] document = HttpServer.openApi(
                ProductVersion.get(), values.find(Settings.PUBLIC_URL).orElse(null), limits);
        spec.commandLine().getOut().println(new String(document, StandardCharsets.UTF_8));
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
