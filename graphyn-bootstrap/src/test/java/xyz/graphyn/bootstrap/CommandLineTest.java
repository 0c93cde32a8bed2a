package xyz.graphyn.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.auth0.jwt.JWT;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandLineTest {
    private static final String AGENT = "0190a5d1-7c3a-7b3e-9c1d-2f4e6a8b0c1d";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsATokenAndNothingElse() {
        assertEquals(0, run(Map.of(), "token", "--user", "ada", "--org", "acme", "--role", "viewer", "--ttl", "30m"));
        assertEquals(1, out.toString().lines().count());
        DecodedJWT token = JWT.decode(out.toString().strip());
        assertEquals("ada", token.getSubject());
        assertEquals("viewer", token.getClaim("o").asMap().get("rol"));
        assertEquals(token.getIssuedAtAsInstant().plusSeconds(1800), token.getExpiresAtAsInstant());
        assertEquals("", err.toString());
    }

    @Test
    void makesAPersonalSessionWithoutAnOrganization() {
        assertEquals(0, run(Map.of(), "token", "--user", "ada"));
        assertTrue(JWT.decode(out.toString().strip()).getClaim("o").isMissing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "token --user ada --role king",
                "token --user ada --ttl 1",
                "token --user ada --ttl 0s",
                "token --user ada --ttl 31d",
                "token --user a/b",
                "nonsense",
                "import --agent x events.ndjson",
                "import --agent " + AGENT + " --batch 0 events.ndjson",
                "tail",
                "tail --agent x",
                "tail --agent " + AGENT + " --after -1",
                "tail --agent " + AGENT + " --url ftp://127.0.0.1",
                "tail --agent " + AGENT + " --url https://graphyn.example.com",
                "tail --agent " + AGENT + " --token a --token-file b",
                "tail --agent " + AGENT + " --token-file no-such-file",
                "import --agent " + AGENT + " --batch 1001 events.ndjson",
                "import --agent " + AGENT + " --url ftp://host events.ndjson",
                "import --agent " + AGENT + " --url https://graphyn.example.com events.ndjson"
            })
    void endsWithTwoForACommandLineThatIsWrong(String line) {
        assertEquals(2, run(Map.of(), line.split(" ")));
        assertEquals("", out.toString());
        assertFalse(err.toString().isBlank());
    }

    @Test
    void endsWithOneForWhatFailsLater() {
        assertEquals(
                1,
                run(
                        Map.of(),
                        "import",
                        "--agent",
                        AGENT,
                        directory.resolve("none.ndjson").toString()));
        assertEquals(
                "There is no file " + directory.resolve("none.ndjson"),
                err.toString().strip());
    }

    @Test
    void listsTheConfigurationWithoutItsSecrets() {
        String password = "Vv3-correct-horse";
        assertEquals(0, run(Map.of("GRAPHYN_DATABASE_PASSWORD", password, "GRAPHYN_PORT", "9000"), "config"));
        assertTrue(out.toString().lines().anyMatch(line -> line.matches("GRAPHYN_PORT +environment +9000")));
        assertTrue(out.toString()
                .lines()
                .anyMatch(line -> line.matches("GRAPHYN_DATABASE_PASSWORD +environment +\\(redacted\\)")));
        assertFalse(out.toString().contains(password));
    }

    @Test
    void listsTheConfigurationAndItsMistakes() {
        assertEquals(1, run(Map.of("GRAPHYN_PORT", "many"), "config"));
        assertTrue(out.toString().contains("(mistake)"));
        assertTrue(err.toString().contains("GRAPHYN_PORT is \"many\""), err.toString());
    }

    @Test
    void checksWhatACommandNeeds() {
        assertEquals(1, run(Map.of(), "config", "--for", "serve"));
        assertTrue(err.toString().contains("GRAPHYN_DATABASE_URL is needed and not set."), err.toString());
        assertEquals(0, run(Map.of(), "config", "--for", "dev"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrate", "restored"})
    void doesNotTouchADatabaseWithoutKnowingWhich(String command) {
        assertEquals(1, run(Map.of(), command));
        for (String needed : new String[] {"GRAPHYN_DATABASE_URL", "GRAPHYN_DATABASE_OWNER_USER"}) {
            assertTrue(err.toString().contains(needed), err.toString());
        }
    }

    @Test
    void saysThatTheRestoredDatabaseCantBeReached() {
        Map<String, String> nowhere = Map.of(
                "GRAPHYN_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/graphyn",
                "GRAPHYN_DATABASE_USER", "graphyn_app",
                "GRAPHYN_DATABASE_OWNER_USER", "graphyn_owner",
                "GRAPHYN_DATABASE_OWNER_PASSWORD", "Vv3-correct-horse");
        assertEquals(1, run(nowhere, "restored"));
        assertTrue(err.toString().startsWith("The epoch can't be renewed"), err.toString());
    }

    @Test
    void printsTheOpenApiDocumentAndNothingElse() {
        assertEquals(0, run(Map.of("GRAPHYN_PUBLIC_URL", "https://graphyn.example.com"), "openapi"));
        JsonNode document = new JsonMapper().readTree(out.toString());
        assertEquals("3.1.0", document.get("openapi").asString());
        assertTrue(document.get("paths").has("/agents/{agentId}/events"));
        assertEquals(
                "https://graphyn.example.com",
                document.get("servers").get(0).get("url").asString());
        assertEquals("", err.toString());
    }

    @Test
    void doesNotServeWithMistakes() {
        assertEquals(1, run(Map.of("GRAPHYN_SECRET", "short"), "serve"));
        assertTrue(err.toString().contains("GRAPHYN_SECRET has 5 characters"), err.toString());
        assertTrue(err.toString().contains("GRAPHYN_TOKEN_ISSUER is needed"), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "token --version", "--help", "import --help"})
    void tellsItsVersionAndItsUse(String line) {
        assertEquals(0, run(Map.of(), line.split(" ")));
        assertTrue(out.toString().contains("graphyn"), out.toString());
    }

    private int run(Map<String, String> environment, String... arguments) {
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent("GRAPHYN_HOME", directory.resolve("home").toString());
        CommandLine commandLine = Main.commandLine(new Surroundings(all, directory, InstantSource.system(), false));
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
