package xyz.graphyn.bootstrap.configuration;

import java.net.URI;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.redis.RedisConfiguration;
import xyz.graphyn.domain.access.Role;

/**
 * All that a server has to be told, checked. Its passwords and secrets print redacted.
 *
 * @param secret signs the cursors of pages; the same on every server
 */
public record ServerConfiguration(
        Http http, Database database, RedisConfiguration redis, Secret secret, Tokens tokens) {
    /**
     * Where to listen.
     *
     * @param port 0 for any free one
     * @param maxBodyBytes the longest body of a request, 1 KiB to 64 MiB
     */
    public record Http(String host, int port, int maxBodyBytes) {
        public static Http from(SettingValues values) {
            return new Http(values.get(Settings.HOST), values.get(Settings.PORT), values.get(Settings.MAX_BODY_BYTES));
        }
    }

    /** A role of the database and its password. */
    public record Credentials(String user, Secret password) {}

    /**
     * The database.
     *
     * @param url a JDBC URL without credentials
     * @param application the role that the server works as; owns nothing
     * @param owner the role that owns the schema; null when this server doesn't migrate
     * @param poolSize connections, 2 to 100
     */
    public record Database(
            String url, Credentials application, @Nullable Credentials owner, int poolSize) {
        static Database from(SettingValues values) {
            Credentials application =
                    new Credentials(values.get(Settings.DATABASE_USER), values.get(Settings.DATABASE_PASSWORD));
            Credentials owner = values.get(Settings.DATABASE_MIGRATE)
                    ? new Credentials(
                            values.get(Settings.DATABASE_OWNER_USER), values.get(Settings.DATABASE_OWNER_PASSWORD))
                    : null;
            return new Database(
                    values.get(Settings.DATABASE_URL), application, owner, values.get(Settings.DATABASE_POOL_SIZE));
        }
    }

    /** Where the issuer's keys come from. */
    public sealed interface KeySource {
        /** Fetched from here, and again now and then. */
        record KeySet(URI url) implements KeySource {}

        /** Known for good. */
        record Key(RSAPublicKey key) implements KeySource {}
    }

    /**
     * Whose session tokens are taken, and what they mean.
     *
     * @param authorizedParties the {@code azp} that are taken; empty for all
     * @param audience the {@code aud} that are taken, for {@link TokenFormat#OIDC}
     * @param roles from the issuer's roles to ours
     */
    public record Tokens(
            String issuer,
            TokenFormat format,
            KeySource keys,
            List<String> authorizedParties,
            List<String> audience,
            String organizationClaim,
            String roleClaim,
            Map<String, Role> roles) {
        public Tokens {
            authorizedParties = List.copyOf(authorizedParties);
            audience = List.copyOf(audience);
            roles = Map.copyOf(roles);
        }

        static Tokens from(SettingValues values) {
            KeySource keys = values.find(Settings.TOKEN_JWKS_URL)
                    .<KeySource>map(KeySource.KeySet::new)
                    .orElseGet(() -> new KeySource.Key(values.get(Settings.TOKEN_PUBLIC_KEY)));
            return new Tokens(
                    values.get(Settings.TOKEN_ISSUER),
                    values.get(Settings.TOKEN_FORMAT),
                    keys,
                    values.find(Settings.TOKEN_AUTHORIZED_PARTIES).orElse(List.of()),
                    values.find(Settings.TOKEN_AUDIENCE).orElse(List.of()),
                    values.get(Settings.TOKEN_ORGANIZATION_CLAIM),
                    values.get(Settings.TOKEN_ROLE_CLAIM),
                    values.get(Settings.TOKEN_ROLES));
        }
    }

    /** For a server on parts that are there already; the values must have been read for {@link Mode#SERVE}. */
    public static ServerConfiguration forServing(SettingValues values) {
        return new ServerConfiguration(
                Http.from(values),
                Database.from(values),
                values.get(Settings.REDIS_URL),
                values.get(Settings.SECRET),
                Tokens.from(values));
    }
}
