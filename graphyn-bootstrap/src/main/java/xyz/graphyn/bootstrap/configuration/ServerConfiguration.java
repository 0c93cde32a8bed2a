package xyz.graphyn.bootstrap.configuration;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.HttpConfiguration;
import xyz.graphyn.adapter.http.HttpConfiguration.Limits;
import xyz.graphyn.adapter.http.identity.IdentityConfiguration;
import xyz.graphyn.adapter.http.identity.KeySource;
import xyz.graphyn.adapter.http.stream.StreamConfiguration;
import xyz.graphyn.adapter.postgres.Credentials;
import xyz.graphyn.adapter.postgres.PostgresConfiguration;
import xyz.graphyn.adapter.recall.RecallConfiguration;
import xyz.graphyn.adapter.recall.embedding.EmbedderConfiguration;
import xyz.graphyn.adapter.redis.RedisConfiguration;
import xyz.graphyn.application.stream.Streams;
import xyz.graphyn.domain.usage.ModelTable;

/**
 * All that a server has to be told, checked. Its passwords and secrets print redacted.
 *
 * @param models what is known of models; by default nothing
 */
public record ServerConfiguration(
        HttpConfiguration http,
        IdentityConfiguration identity,
        Database database,
        RedisConfiguration redis,
        Streams.Limits streams,
        RecallConfiguration recall,
        ModelTable models) {
    private static final Duration EMBEDDING_TIMEOUT = Duration.ofSeconds(10);

    /**
     * The database.
     *
     * @param storage how the server reaches it, as the role that owns nothing
     * @param owner the role that owns the schema; null when this server doesn't migrate
     */
    public record Database(
            PostgresConfiguration storage, @Nullable Credentials owner) {}

    /**
     * For a server on parts that are there already; the values must have been read for {@link Mode#SERVE}.
     *
     * @throws ConfigurationException if a part refuses what each setting's own bounds let through
     */
    public static ServerConfiguration forServing(SettingValues values) throws ConfigurationException {
        try {
            return new ServerConfiguration(
                    http(values, values.get(Settings.SECRET)),
                    identity(values),
                    database(values),
                    values.get(Settings.REDIS_URL),
                    streams(values),
                    recall(values),
                    models(values));
        } catch (IllegalArgumentException refused) {
            throw new ConfigurationException(List.of(new Mistake(
                    "The configuration as a whole",
                    "is refused: " + refused.getMessage() + ".",
                    "`./graphyn config` shows what is in effect.")));
        }
    }

    /**
     * Where and how to serve.
     *
     * @param secret signs the cursors of pages
     */
    public static HttpConfiguration http(SettingValues values, Secret secret) {
        return new HttpConfiguration(
                values.get(Settings.HOST),
                values.get(Settings.PORT),
                values.find(Settings.PUBLIC_URL).orElse(null),
                ProductVersion.get(),
                new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256"),
                values.find(Settings.ALLOWED_ORIGINS).orElse(Set.of()),
                limits(values),
                StreamConfiguration.DEFAULT.withBacklog(values.get(Settings.STREAM_BACKLOG_BYTES)));
    }

    /** What requests may take: as is usual, but for what the settings say. */
    public static Limits limits(SettingValues values) {
        Limits usual = Limits.DEFAULT;
        int body = values.get(Settings.MAX_BODY_BYTES);
        int batch = Math.max(body, usual.batchBytes());
        return new Limits(
                usual.headerBytes(),
                body,
                batch,
                Math.max(4L * batch, usual.bodyMemoryBytes()),
                values.get(Settings.MAX_CONNECTIONS),
                usual.headerTimeout(),
                usual.bodyTimeout(),
                usual.idleTimeout(),
                usual.shutdownGrace());
    }

    /**
     * How many streams there may be. Replays read with a quarter of the connections to PostgreSQL at most, so that a crowd that
     * comes back leaves the others to those who write and ask.
     */
    public static Streams.Limits streams(SettingValues values) {
        return new Streams.Limits(
                values.get(Settings.STREAMS_PER_USER),
                values.get(Settings.STREAMS_PER_ORGANIZATION),
                Math.max(1, values.get(Settings.DATABASE_POOL_SIZE) / 4));
    }

    /** How memory is searched: on as many threads as there are processors. */
    public static RecallConfiguration recall(SettingValues values) {
        RecallConfiguration usual =
                RecallConfiguration.usual(Runtime.getRuntime().availableProcessors());
        return new RecallConfiguration(
                embedder(values, usual.threads()),
                values.get(Settings.RECALL_MEMORY_BYTES),
                usual.threads(),
                usual.queue());
    }

    private static EmbedderConfiguration embedder(SettingValues values, int threads) {
        EmbeddingSource source = values.get(Settings.EMBEDDINGS);
        if (source.endpoint() != null) {
            return EmbedderConfiguration.remote(
                    source.endpoint(),
                    values.get(Settings.EMBEDDINGS_MODEL),
                    values.find(Settings.EMBEDDINGS_KEY).map(Secret::value).orElse(null),
                    EMBEDDING_TIMEOUT);
        }
        return source.none() ? EmbedderConfiguration.NONE : EmbedderConfiguration.local(threads);
    }

    /** What is known of models. */
    public static ModelTable models(SettingValues values) {
        return values.find(Settings.PRICES).orElse(ModelTable.EMPTY);
    }

    private static Database database(SettingValues values) {
        Credentials app = credentials(values, Settings.DATABASE_USER, Settings.DATABASE_PASSWORD);
        return new Database(
                database(values.get(Settings.DATABASE_URL), app, values.get(Settings.DATABASE_POOL_SIZE)),
                values.get(Settings.DATABASE_MIGRATE) ? owner(values) : null);
    }

    /** @param poolSize connections, 2 to 100 */
    public static PostgresConfiguration database(String url, Credentials app, int poolSize) {
        return new PostgresConfiguration(
                url,
                app,
                poolSize,
                PostgresConfiguration.DEFAULT_CONNECTION_TIMEOUT,
                PostgresConfiguration.DEFAULT_STATEMENT_TIMEOUT);
    }

    /** The role that owns the schema. */
    public static Credentials owner(SettingValues values) {
        return credentials(values, Settings.DATABASE_OWNER_USER, Settings.DATABASE_OWNER_PASSWORD);
    }

    private static Credentials credentials(SettingValues values, Setting<String> user, Setting<Secret> password) {
        return new Credentials(values.get(user), values.get(password).value());
    }

    private static IdentityConfiguration identity(SettingValues values) {
        KeySource keys = values.find(Settings.TOKEN_JWKS_URL)
                .<KeySource>map(set -> set)
                .orElseGet(() -> values.get(Settings.TOKEN_PUBLIC_KEY));
        return new IdentityConfiguration(
                values.get(Settings.TOKEN_ISSUER),
                values.get(Settings.TOKEN_FORMAT),
                keys,
                Set.copyOf(values.find(Settings.TOKEN_AUTHORIZED_PARTIES).orElse(List.of())),
                Set.copyOf(values.find(Settings.TOKEN_AUDIENCE).orElse(List.of())),
                values.get(Settings.TOKEN_ORGANIZATION_CLAIM),
                values.get(Settings.TOKEN_ROLE_CLAIM),
                values.get(Settings.TOKEN_ROLES),
                IdentityConfiguration.DEFAULT_CLOCK_SKEW);
    }
}
