package xyz.graphyn.bootstrap.dev;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.identity.IdentityConfiguration;
import xyz.graphyn.adapter.http.identity.IdentityConfiguration.Format;
import xyz.graphyn.adapter.http.identity.KeySource;
import xyz.graphyn.domain.access.Role;

/**
 * Signs session tokens for development, in the shape of Clerk's (version 2), so that {@code dev} takes the same way as
 * production. Its key pair is made when it is first needed and stays in the data folder.
 */
public final class DevelopmentIssuer {
    /** The {@code iss} of its tokens. No such host exists (RFC 6761), so no other issuer can be meant. */
    public static final String ISSUER = "https://dev.graphyn.localhost";

    /** The {@code azp} of its tokens. A session token of Clerk's has one, so that no other page's is taken. */
    private static final String AUTHORIZED_PARTY = "https://graphyn.localhost";

    private static final int KEY_BITS = 2048;
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----\n";
    private static final String END = "\n-----END PRIVATE KEY-----\n";
    private static final int LINE = 64;

    private final RSAPublicKey publicKey;
    private final Algorithm algorithm;
    private final String keyId;
    private final InstantSource clock;

    private DevelopmentIssuer(RSAPublicKey publicKey, RSAPrivateCrtKey privateKey, InstantSource clock) {
        this.publicKey = publicKey;
        this.algorithm = Algorithm.RSA256(publicKey, privateKey);
        this.keyId = thumbprint(publicKey);
        this.clock = clock;
    }

    /**
     * The issuer of a data folder, whether a server uses the folder or not. Both are made when they are missing; of two
     * processes that do so at once, one makes the key and the other takes it.
     *
     * @throws DevelopmentException when the folder can't be used, or holds a key that is none
     */
    public static DevelopmentIssuer of(Path home, InstantSource clock) throws DevelopmentException {
        Path folder = home.resolve("issuer");
        Path file = folder.resolve("private-key.pem");
        try {
            PrivateFiles.folder(home);
            PrivateFiles.folder(folder);
            if (!Files.exists(file)) {
                create(folder.resolve("lock"), file);
            }
            String pem = Files.readString(file);
            byte[] der = Base64.getMimeDecoder()
                    .decode(pem.replace(BEGIN.strip(), "").replace(END.strip(), ""));
            KeyFactory keys = KeyFactory.getInstance("RSA");
            if (keys.generatePrivate(new PKCS8EncodedKeySpec(der)) instanceof RSAPrivateCrtKey key
                    && keys.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
                            instanceof RSAPublicKey publicKey) {
                return new DevelopmentIssuer(publicKey, key, clock);
            }
            throw new DevelopmentException(file + " holds no RSA key. Remove it, and a new one is made.");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new DevelopmentException(file + " holds no RSA key. Remove it, and a new one is made.", e);
        } catch (IOException e) {
            throw new DevelopmentException("The data folder " + home + " can't be used: " + e.getMessage(), e);
        }
    }

    // The lock keeps other processes out, and the monitor the threads of this one, which would not wait for it.
    private static synchronized void create(Path lockFile, Path file) throws IOException, NoSuchAlgorithmException {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !Files.exists(file)) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(KEY_BITS);
                byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
                Base64.Encoder lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
                PrivateFiles.write(file, BEGIN + lines.encodeToString(der) + END);
            }
        }
    }

    /** What a verifier must know to take its tokens, and no others. */
    public IdentityConfiguration identity() {
        return new IdentityConfiguration(
                ISSUER,
                Format.CLERK,
                new KeySource.Pem(List.of(publicKey)),
                Set.of(AUTHORIZED_PARTY),
                Set.of(),
                IdentityConfiguration.DEFAULT_ORGANIZATION_CLAIM,
                IdentityConfiguration.DEFAULT_ROLE_CLAIM,
                IdentityConfiguration.DEFAULT_ROLES,
                IdentityConfiguration.DEFAULT_CLOCK_SKEW);
    }

    /**
     * A session of a user.
     *
     * @param user goes into {@code sub}
     * @param organization goes into {@code o.id} and {@code o.slg}; null when the user acts for themselves
     * @param role in the organization; without one it says nothing
     * @param life how long the token is good; positive
     */
    public String sign(String user, @Nullable String organization, Role role, Duration life) {
        Instant now = clock.instant();
        JWTCreator.Builder token = JWT.create()
                .withKeyId(keyId)
                .withIssuer(ISSUER)
                .withSubject(user)
                .withIssuedAt(now)
                .withNotBefore(now)
                .withExpiresAt(now.plus(life))
                .withJWTId(UUID.randomUUID().toString())
                .withClaim("sid", "sess_" + UUID.randomUUID().toString().replace("-", ""))
                .withClaim("azp", AUTHORIZED_PARTY)
                .withClaim("sts", "active")
                .withClaim("v", 2);
        if (organization != null) {
            token.withClaim(
                    "o",
                    Map.of(
                            "id",
                            organization,
                            "slg",
                            organization,
                            "rol",
                            role.name().toLowerCase(Locale.ROOT)));
        }
        return token.sign(algorithm);
    }

    /** The key's name, from the key itself (RFC 7638). */
    private static String thumbprint(RSAPublicKey key) {
        String members = "{\"e\":\"" + base64(key.getPublicExponent()) + "\",\"kty\":\"RSA\",\"n\":\""
                + base64(key.getModulus()) + "\"}";
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(members.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
    }
}
