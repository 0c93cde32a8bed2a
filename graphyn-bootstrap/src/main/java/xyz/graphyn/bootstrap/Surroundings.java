package xyz.graphyn.bootstrap;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import xyz.graphyn.bootstrap.configuration.ConfigurationException;
import xyz.graphyn.bootstrap.configuration.Mode;
import xyz.graphyn.bootstrap.configuration.SettingSources;
import xyz.graphyn.bootstrap.configuration.SettingValues;

/**
 * What a command finds around it.
 *
 * @param environment the variables of the process
 * @param directory the working directory, where a {@code .env} file may be
 * @param terminal whether someone watches standard error
 */
record Surroundings(Map<String, String> environment, Path directory, InstantSource clock, boolean terminal) {
    SettingSources sources() {
        return SettingSources.read(environment, directory);
    }

    /** The settings, and with them the log as they want it. */
    SettingValues settings(Mode mode) throws ConfigurationException {
        SettingValues values = SettingValues.read(sources(), mode);
        Logging.configure(values);
        return values;
    }
}
