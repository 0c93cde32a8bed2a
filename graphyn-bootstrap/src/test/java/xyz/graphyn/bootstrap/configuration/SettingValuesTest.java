package xyz.graphyn.bootstrap.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xyz.graphyn.adapter.http.identity.IdentityConfiguration.Format;
import xyz.graphyn.bootstrap.configuration.SettingSources.Origin;
import xyz.graphyn.domain.access.Role;

class SettingValuesTest {
    private static final String RANDOM = "q8Zk1vXw5Rt7Yp3Ns9Lm2Jh6Gf4Dc0Ba";

    private static final Map<String, String> GOOD = Map.of(
            "GRAPHYN_DATABASE_URL", "jdbc:postgresql://db.example:5432/graphyn",
            "GRAPHYN_DATABASE_USER", "graphyn_app",
            "GRAPHYN_DATABASE_PASSWORD", "Vv3-correct-horse",
            "GRAPHYN_DATABASE_OWNER_USER", "graphyn_owner",
            "GRAPHYN_DATABASE_OWNER_PASSWORD", "Ww4-battery-staple",
            "GRAPHYN_REDIS_URL", "rediss://:Xx5-hunter2@cache.example",
            "GRAPHYN_SECRET", RANDOM,
            "GRAPHYN_TOKEN_ISSUER", "https://clerk.example.com",
            "GRAPHYN_TOKEN_JWKS_URL", "https://clerk.example.com/.well-known/jwks.json");

    private static final Set<String> SECRETS = Set.of("Vv3-correct-horse", "Ww4-battery-staple", "Xx5-hunter2", RANDOM);

    @TempDir
    private Path directory;

    @Test
    void readsAllThatAServerNeeds() throws ConfigurationException {
        ServerConfiguration configuration = ServerConfiguration.forServing(read(Mode.SERVE, GOOD));
        assertEquals("127.0.0.1", configuration.http().host());
        assertEquals(8080, configuration.http().port());
        assertEquals(10, configuration.database().storage().poolSize());
        assertEquals("graphyn_app", configuration.database().storage().app().user());
        assertEquals(Format.CLERK, configuration.identity().format());
        assertEquals(Role.AUDITOR, configuration.identity().roles().get("auditor"));
        assertEquals("cache.example:6379", configuration.redis().address());
    }

    @Test
    void printsNoSecretOfAServer() throws ConfigurationException {
        String printed = ServerConfiguration.forServing(read(Mode.SERVE, GOOD)).toString();
        SECRETS.forEach(secret -> assertFalse(printed.contains(secret), printed));
        SettingSources sources = SettingSources.read(GOOD, directory);
        for (SettingValues.Shown line : SettingValues.show(sources)) {
            SECRETS.forEach(secret ->
                    assertFalse(line.value().contains(secret), line.setting().name()));
        }
    }

    @Test
    void leavesTheOwnerOutWhereTheServerDoesNotMigrate() throws ConfigurationException {
        Map<String, String> environment = new HashMap<>(GOOD);
        environment.remove("GRAPHYN_DATABASE_OWNER_USER");
        environment.remove("GRAPHYN_DATABASE_OWNER_PASSWORD");
        assertEquals(
                Set.of("GRAPHYN_DATABASE_OWNER_USER", "GRAPHYN_DATABASE_OWNER_PASSWORD"),
                mistaken(Mode.SERVE, environment));
        environment.put("GRAPHYN_DATABASE_MIGRATE", "false");
        assertEquals(
                null,
                ServerConfiguration.forServing(read(Mode.SERVE, environment))
                        .database()
                        .owner());
    }

    @Test
    void reportsEveryMistakeAtOnce() {
        Map<String, String> environment = new HashMap<>(GOOD);
        environment.put("GRAPHYN_PORT", "80800");
        environment.put("GRAPHYN_LOG_LEVEL", "loud");
        environment.put("GRAPHYN_PROT", "8080");
        environment.remove("GRAPHYN_DATABASE_URL");
        assertEquals(
                Set.of("GRAPHYN_PORT", "GRAPHYN_LOG_LEVEL", "GRAPHYN_PROT", "GRAPHYN_DATABASE_URL"),
                mistaken(Mode.SERVE, environment));
    }

    @Test
    void reportsAllThatServeNeedsFromNothing() {
        assertEquals(
                Set.of(
                        "GRAPHYN_DATABASE_URL",
                        "GRAPHYN_DATABASE_USER",
                        "GRAPHYN_DATABASE_PASSWORD",
                        "GRAPHYN_DATABASE_OWNER_USER",
                        "GRAPHYN_DATABASE_OWNER_PASSWORD",
                        "GRAPHYN_REDIS_URL",
                        "GRAPHYN_SECRET",
                        "GRAPHYN_TOKEN_ISSUER",
                        "GRAPHYN_TOKEN_JWKS_URL"),
                mistaken(Mode.SERVE, Map.of()));
    }

    @Test
    void needsNothingForDevAndForTools() throws ConfigurationException {
        assertEquals(8080, read(Mode.DEV, Map.of()).get(Settings.PORT));
        assertEquals(8080, read(Mode.TOOL, Map.of()).get(Settings.PORT));
    }

    @Test
    void suggestsTheNearestName() {
        ConfigurationException wrong =
                assertThrows(ConfigurationException.class, () -> read(Mode.TOOL, Map.of("GRAPHYN_PROT", "1")));
        assertTrue(String.valueOf(wrong.getMessage()).contains("Did you mean GRAPHYN_PORT?"), wrong.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GRAPHYN_DATABASE_URL | jdbc:postgresql://db/graphyn?password=Xx5-hunter2
                    GRAPHYN_DATABASE_URL | jdbc:postgresql://ada:Xx5-hunter2@db/graphyn
                    GRAPHYN_DATABASE_URL | jdbc:mysql://db/graphyn
                    GRAPHYN_DATABASE_URL | jdbc:postgresql://db
                    GRAPHYN_DATABASE_PASSWORD | graphyn_app
                    GRAPHYN_DATABASE_PASSWORD | changeme
                    GRAPHYN_DATABASE_USER | graphyn_owner
                    GRAPHYN_DATABASE_POOL_SIZE | 1
                    GRAPHYN_DATABASE_POOL_SIZE | 101
                    GRAPHYN_REDIS_URL | redis://:Xx5-hunter2@cache:port
                    GRAPHYN_SECRET | Xx5-hunter2
                    GRAPHYN_SECRET | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
                    GRAPHYN_SECRET | Xx5-hunter2-changeme-Xx5-hunter2-please
                    GRAPHYN_TOKEN_ISSUER | clerk.example.com
                    GRAPHYN_TOKEN_FORMAT | saml
                    GRAPHYN_TOKEN_JWKS_URL | http://clerk.example.com/jwks.json
                    GRAPHYN_TOKEN_PUBLIC_KEY | -----BEGIN PRIVATE KEY-----Xx5-hunter2
                    GRAPHYN_TOKEN_ROLES | org:admin
                    GRAPHYN_TOKEN_ROLES | org:admin=king
                    GRAPHYN_TOKEN_ROLES | a=admin,a=viewer
                    GRAPHYN_TOKEN_ROLES | admin=admin,org:admin=viewer
                    GRAPHYN_MAX_BODY_BYTES | 65535
                    GRAPHYN_MAX_BODY_BYTES | 67108865
                    GRAPHYN_LOG_FORMAT | xml
                    GRAPHYN_HOST | two words
                    GRAPHYN_PUBLIC_URL | https://ada:Xx5-hunter2@graphyn.example.com
                    GRAPHYN_TOKEN | Xx5-hunter2 with spaces
                    """)
    void refusesAValueWithoutTellingASecret(String name, String value) {
        Map<String, String> environment = new HashMap<>(GOOD);
        environment.put(name, value);
        ConfigurationException wrong = assertThrows(ConfigurationException.class, () -> read(Mode.SERVE, environment));
        assertTrue(wrong.mistakes().stream().anyMatch(mistake -> mistake.name().equals(name)), wrong.getMessage());
        SECRETS.forEach(secret -> assertFalse(String.valueOf(wrong.getMessage()).contains(secret)));
    }

    @Test
    void boundsNamesAsTheServerDoes() {
        String longest = "a".repeat(255);
        for (String wrong : List.of(longest + "a", "a\u0000b", "a\u0085b", "a\u001bb")) {
            Map<String, String> environment = new HashMap<>(GOOD);
            environment.put("GRAPHYN_TOKEN_ISSUER", "https://clerk.example.com/" + wrong);
            environment.put("GRAPHYN_TOKEN_AUTHORIZED_PARTIES", "ok," + wrong);
            environment.put("GRAPHYN_TOKEN_AUDIENCE", wrong);
            environment.put("GRAPHYN_TOKEN_ORGANIZATION_CLAIM", wrong);
            environment.put("GRAPHYN_TOKEN_ROLE_CLAIM", wrong);
            environment.put("GRAPHYN_TOKEN_ROLES", wrong + "=admin");
            assertEquals(
                    Set.of(
                            "GRAPHYN_TOKEN_ISSUER",
                            "GRAPHYN_TOKEN_AUTHORIZED_PARTIES",
                            "GRAPHYN_TOKEN_AUDIENCE",
                            "GRAPHYN_TOKEN_ORGANIZATION_CLAIM",
                            "GRAPHYN_TOKEN_ROLE_CLAIM",
                            "GRAPHYN_TOKEN_ROLES"),
                    mistaken(Mode.SERVE, environment));
        }
    }

    @Test
    void makesAServerOfTheLongestNames() throws ConfigurationException {
        String longest = "a".repeat(255);
        Map<String, String> environment = new HashMap<>(GOOD);
        environment.put("GRAPHYN_TOKEN_ISSUER", "https://" + "a".repeat(247));
        environment.put("GRAPHYN_TOKEN_AUTHORIZED_PARTIES", longest);
        environment.put("GRAPHYN_TOKEN_AUDIENCE", longest);
        environment.put("GRAPHYN_TOKEN_ORGANIZATION_CLAIM", longest);
        environment.put("GRAPHYN_TOKEN_ROLE_CLAIM", longest);
        environment.put("GRAPHYN_TOKEN_ROLES", longest + "=admin,org:b=viewer,b=viewer");
        ServerConfiguration configuration = ServerConfiguration.forServing(read(Mode.SERVE, environment));
        assertEquals(Set.of(longest), configuration.identity().audiences());
        assertEquals(Role.VIEWER, configuration.identity().roles().get("b"));
    }

    @Test
    void takesNoTokenThatAServerRefuses() throws ConfigurationException {
        String longest = "a".repeat(8192);
        assertTrue(read(Mode.TOOL, Map.of("GRAPHYN_TOKEN", longest))
                .find(Settings.TOKEN)
                .isPresent());
        assertEquals(Set.of("GRAPHYN_TOKEN"), mistaken(Mode.TOOL, Map.of("GRAPHYN_TOKEN", longest + "a")));
    }

    @Test
    void passesOverWhatKubernetesPutsIntoAContainer() throws ConfigurationException {
        Map<String, String> environment = new HashMap<>(GOOD);
        environment.put("GRAPHYN_SERVICE_HOST", "10.0.0.11");
        environment.put("GRAPHYN_SERVICE_PORT", "8080");
        environment.put("GRAPHYN_SERVICE_PORT_HTTP", "8080");
        environment.put("GRAPHYN_PORT", "tcp://10.0.0.11:8080");
        environment.put("GRAPHYN_PORT_8080_TCP", "tcp://10.0.0.11:8080");
        environment.put("GRAPHYN_PORT_8080_TCP_PROTO", "tcp");
        environment.put("GRAPHYN_PORT_8080_TCP_PORT", "8080");
        environment.put("GRAPHYN_PORT_8080_TCP_ADDR", "10.0.0.11");
        environment.put("GRAPHYN_REDIS_SERVICE_HOST", "10.0.0.12");
        environment.put("GRAPHYN_REDIS_PORT", "tcp://10.0.0.12:6379");
        environment.put("GRAPHYN_REDIS_PORT_6379_TCP_ADDR", "10.0.0.12");
        assertEquals(8080, read(Mode.SERVE, environment).get(Settings.PORT));
        environment.put("GRAPHYN_REDIS_PORT", "6379");
        assertEquals(Set.of("GRAPHYN_REDIS_PORT"), mistaken(Mode.SERVE, environment));
    }

    @Test
    void tellsWhatIsSetFromWhatIsLeftToItsDefault() {
        SettingSources sources = SettingSources.read(Map.of("GRAPHYN_TOKEN_FORMAT", "clerk"), directory);
        assertTrue(sources.isSet(Settings.TOKEN_FORMAT));
        assertFalse(sources.isSet(Settings.TOKEN_ROLES));
    }

    @Test
    void wantsExactlyOneSourceOfKeys() throws Exception {
        Map<String, String> environment = new HashMap<>(GOOD);
        environment.put("GRAPHYN_TOKEN_PUBLIC_KEY", pem());
        assertEquals(Set.of("GRAPHYN_TOKEN_JWKS_URL"), mistaken(Mode.SERVE, environment));
        environment.remove("GRAPHYN_TOKEN_PUBLIC_KEY");
        environment.remove("GRAPHYN_TOKEN_JWKS_URL");
        assertEquals(Set.of("GRAPHYN_TOKEN_JWKS_URL"), mistaken(Mode.SERVE, environment));
    }

    @Test
    void takesTokensOfOidcOnlyForSomeone() throws ConfigurationException {
        Map<String, String> environment = new HashMap<>(GOOD);
        environment.put("GRAPHYN_TOKEN_FORMAT", "oidc");
        assertEquals(Set.of("GRAPHYN_TOKEN_AUDIENCE"), mistaken(Mode.SERVE, environment));
        environment.put("GRAPHYN_TOKEN_AUTHORIZED_PARTIES", "graphyn-web, graphyn-cli");
        assertEquals(
                Set.of("graphyn-web", "graphyn-cli"),
                ServerConfiguration.forServing(read(Mode.SERVE, environment))
                        .identity()
                        .authorizedParties());
    }

    @Test
    void letsTheEnvironmentWinOverTheFile() throws Exception {
        Files.writeString(directory.resolve(".env"), "GRAPHYN_PORT=9001\nGRAPHYN_HOST=0.0.0.0\nOTHER=1\n# remark\n");
        Map<String, String> environment = Map.of("GRAPHYN_PORT", "9002");
        SettingValues values = read(Mode.TOOL, environment);
        assertEquals(9002, values.get(Settings.PORT));
        assertEquals("0.0.0.0", values.get(Settings.HOST));
        List<SettingValues.Shown> lines = SettingValues.show(SettingSources.read(environment, directory));
        assertEquals(Origin.FILE, origin(lines, Settings.HOST));
        assertEquals(Origin.ENVIRONMENT, origin(lines, Settings.PORT));
        assertEquals(Origin.DEFAULT, origin(lines, Settings.LOG_LEVEL));
        assertEquals(Origin.UNSET, origin(lines, Settings.SECRET));
    }

    @Test
    void readsAPemOfSeveralLinesFromTheFile() throws Exception {
        String pem = pem();
        Files.writeString(directory.resolve(".env"), "GRAPHYN_TOKEN_PUBLIC_KEY=\"" + pem + "\"\n");
        assertEquals(
                1,
                read(Mode.TOOL, Map.of()).get(Settings.TOKEN_PUBLIC_KEY).keys().size());
        Path file = Files.writeString(directory.resolve("issuer.pem"), pem);
        for (String value : List.of(pem.replace("\n", "\\n"), file.toString())) {
            Map<String, String> environment = Map.of("GRAPHYN_TOKEN_PUBLIC_KEY", value);
            assertEquals(
                    1,
                    read(Mode.TOOL, environment)
                            .get(Settings.TOKEN_PUBLIC_KEY)
                            .keys()
                            .size());
        }
    }

    @Test
    void doesNotRepeatALineOfTheFileThatIsWrong() throws IOException {
        Files.writeString(directory.resolve(".env"), "Xx5-hunter2\n");
        ConfigurationException wrong = assertThrows(ConfigurationException.class, () -> read(Mode.TOOL, Map.of()));
        assertFalse(String.valueOf(wrong.getMessage()).contains("hunter2"), wrong.getMessage());
        assertTrue(String.valueOf(wrong.getMessage()).contains(".env"), wrong.getMessage());
    }

    @Test
    void countsWhatIsSetToNothingAsNotSet() throws ConfigurationException {
        assertEquals(8080, read(Mode.TOOL, Map.of("GRAPHYN_PORT", " ")).get(Settings.PORT));
        Map<String, String> environment = new HashMap<>(GOOD);
        environment.put("GRAPHYN_TOKEN_ISSUER", "");
        assertEquals(Set.of("GRAPHYN_TOKEN_ISSUER"), mistaken(Mode.SERVE, environment));
    }

    @Test
    void wantsToKnowWhichModelOfAnEndpoint() {
        Map<String, String> environment = new HashMap<>(GOOD);
        environment.put("GRAPHYN_EMBEDDINGS", "https://api.example.com/v1");
        assertEquals(Set.of("GRAPHYN_EMBEDDINGS_MODEL"), mistaken(Mode.SERVE, environment));
        environment.put("GRAPHYN_EMBEDDINGS", "none");
        environment.put("GRAPHYN_EMBEDDINGS_KEY", "k");
        assertEquals(Set.of("GRAPHYN_EMBEDDINGS_KEY"), mistaken(Mode.SERVE, environment));
        environment.put("GRAPHYN_EMBEDDINGS", "nowhere");
        assertEquals(Set.of("GRAPHYN_EMBEDDINGS"), mistaken(Mode.SERVE, environment));
    }

    @Test
    void givesExamplesThatAreTaken() throws ConfigurationException {
        for (Setting<?> setting : Settings.ALL) {
            if (!setting.secret() && setting != Settings.TOKEN_PUBLIC_KEY) {
                assertTrue(
                        read(Mode.TOOL, Map.of(setting.name(), setting.example()))
                                .find(setting)
                                .isPresent(),
                        setting.name());
            }
        }
    }

    private static Origin origin(List<SettingValues.Shown> lines, Setting<?> setting) {
        return lines.stream()
                .filter(line -> line.setting() == setting)
                .findFirst()
                .orElseThrow()
                .origin();
    }

    private SettingValues read(Mode mode, Map<String, String> environment) throws ConfigurationException {
        return SettingValues.read(SettingSources.read(environment, directory), mode);
    }

    private Set<String> mistaken(Mode mode, Map<String, String> environment) {
        ConfigurationException wrong = assertThrows(ConfigurationException.class, () -> read(mode, environment));
        Set<String> names = new HashSet<>();
        wrong.mistakes().forEach(mistake -> assertTrue(names.add(mistake.name()), mistake.name() + " twice"));
        return names;
    }

    private static String pem() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        byte[] key = generator.generateKeyPair().getPublic().getEncoded();
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                + "\n-----END PUBLIC KEY-----";
    }
}
