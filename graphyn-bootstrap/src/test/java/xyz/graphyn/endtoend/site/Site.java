package xyz.graphyn.endtoend.site;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One PostgreSQL, one Redis or a cluster of them, and servers that share them. */
public final class Site implements AutoCloseable {
    private static final String ISSUER = "https://issuer.example";

    private final KeyPair keys = keyPair();
    private final String secret = randomHex();
    private final List<Runnable> closing = new ArrayList<>();
    private final SitePostgres postgres;
    private final SiteRedis redis;
    private final List<SiteServer> servers;

    /** @param redisNodes 1 for a single Redis, more for a cluster */
    public Site(Path folder, int redisNodes, int serverCount) {
        postgres = new SitePostgres(folder.resolve("postgres"));
        closing.add(postgres::close);
        redis = SiteRedis.start(folder.resolve("redis"), redisNodes);
        closing.add(redis::close);
        servers = IntStream.range(0, serverCount)
                .mapToObj(number -> {
                    SiteServer server = new SiteServer(environment(), folder.resolve("server-" + number + ".log"));
                    closing.add(server::close);
                    return server;
                })
                .toList();
    }

    private Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("GRAPHYN_DATABASE_URL", postgres.url()),
                Map.entry("GRAPHYN_DATABASE_USER", "site_app"),
                Map.entry("GRAPHYN_DATABASE_PASSWORD", "app"),
                Map.entry("GRAPHYN_DATABASE_OWNER_USER", "site_owner"),
                Map.entry("GRAPHYN_DATABASE_OWNER_PASSWORD", "owner"),
                Map.entry("GRAPHYN_REDIS_URL", redis.url()),
                Map.entry("GRAPHYN_SECRET", secret),
                Map.entry("GRAPHYN_TOKEN_ISSUER", ISSUER),
                Map.entry("GRAPHYN_TOKEN_FORMAT", "oidc"),
                Map.entry("GRAPHYN_TOKEN_AUDIENCE", "graphyn"),
                Map.entry("GRAPHYN_TOKEN_PUBLIC_KEY", pem()));
    }

    public SiteRedis redis() {
        return redis;
    }

    public List<SiteServer> servers() {
        return servers;
    }

    public void crashPostgres() {
        postgres.crashAndRestart();
    }

    /** A token of a user who is an admin of their personal organization. */
    public String token(String user) {
        return token(user, Duration.ofHours(1));
    }

    /** @param life how long it is good */
    public String token(String user, Duration life) {
        return JWT.create()
                .withIssuer(ISSUER)
                .withAudience("graphyn")
                .withSubject(user)
                .withIssuedAt(Clock.systemUTC().instant())
                .withExpiresAt(Clock.systemUTC().instant().plus(life))
                .sign(Algorithm.RSA256((RSAPublicKey) keys.getPublic(), (RSAPrivateKey) keys.getPrivate()));
    }

    private String pem() {
        return "-----BEGIN PUBLIC KEY-----\\n"
                + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())
                + "\\n-----END PUBLIC KEY-----";
    }

    private static String randomHex() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        closing.reversed().forEach(Runnable::run);
    }
}
