package xyz.graphyn.bootstrap.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What is written about the settings is what the code says. After a change, {@code mvn test -pl graphyn-bootstrap -am
 * -Dgraphyn.documents=write} brings both files up to date.
 */
class ConfigurationDocumentsTest {
    private static final Path ROOT = Path.of("..");
    private static final String BEGIN = "<!-- settings: from the code -->\n";
    private static final String END = "<!-- end of settings -->\n";

    @Test
    void exampleFileListsExactlyTheSettings() throws IOException {
        same(ROOT.resolve(".env.example"), exampleFile());
    }

    @Test
    void guideListsExactlyTheSettings() throws IOException {
        Path guide = ROOT.resolve("docs/configuration.md");
        String text = Files.readString(guide);
        String before = text.substring(0, text.indexOf(BEGIN) + BEGIN.length());
        String after = text.substring(text.indexOf(END));
        same(guide, before + table() + after);
    }

    private static void same(Path file, String expected) throws IOException {
        if ("write".equals(System.getProperty("graphyn.documents"))) {
            Files.writeString(file, expected);
        }
        assertEquals(expected, Files.readString(file), file + " and Settings differ");
    }

    private static String exampleFile() {
        StringBuilder text = new StringBuilder("""
                # Copy this file to .env and set what you need; docs/configuration.md says more about each.
                # The environment wins over this file. ./graphyn dev needs none of it.
                """);
        for (Setting<?> setting : Settings.ALL) {
            text.append("\n# ").append(setting.description()).append('\n');
            String value = setting.defaultText().orElse(setting.secret() ? "" : setting.example());
            text.append(setting.secret() ? "# " + setting.example() + "\n" : "");
            text.append("#").append(setting.name()).append("=").append(value).append('\n');
        }
        return text.toString();
    }

    private static String table() {
        StringBuilder text = new StringBuilder("""
                | variable | what it is | values | default | needed by |
                |---|---|---|---|---|
                """);
        for (Setting<?> setting : Settings.ALL) {
            text.append("| `%s`%s | %s Example: %s | %s | %s | %s |%n"
                    .formatted(
                            setting.name(),
                            setting.secret() ? " (secret)" : "",
                            setting.description(),
                            setting.example().startsWith("(")
                                    ? setting.example()
                                                    .substring(
                                                            1, setting.example().length() - 1) + "."
                                    : "`" + setting.example() + "`",
                            setting.form(),
                            setting.defaultText()
                                    .map(value -> "`" + value + "`")
                                    .orElse(""),
                            setting.requiredFor().stream()
                                    .sorted()
                                    .map(mode -> "`" + Kinds.word(mode) + "`")
                                    .collect(Collectors.joining(", "))));
        }
        return text.toString().replace("\r\n", "\n");
    }
}
