package xyz.graphyn.bootstrap.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import xyz.graphyn.adapter.http.identity.IdentityConfiguration;
import xyz.graphyn.adapter.http.identity.KeySource;
import xyz.graphyn.adapter.http.origin.Origin;
import xyz.graphyn.adapter.redis.RedisConfiguration;
import xyz.graphyn.domain.access.Role;
import xyz.graphyn.domain.usage.ModelTable;

/** The table of all settings. One that is not in {@link #ALL} doesn't exist. */
public final class Settings {
    public static final Setting<String> HOST = Setting.of(
                    "GRAPHYN_HOST",
                    Kinds.name(253),
                    "Address to listen on. 0.0.0.0 for all of them: put TLS in front.",
                    "0.0.0.0")
            .byDefault("127.0.0.1");

    public static final Setting<Integer> PORT = Setting.of(
                    "GRAPHYN_PORT", Kinds.integer(0, 65_535), "Port to listen on. 0 takes any free one.", "8080")
            .byDefault("8080");

    public static final Setting<URI> PUBLIC_URL = Setting.of(
            "GRAPHYN_PUBLIC_URL",
            Kinds.publicUrl(),
            "How clients reach the server through a proxy. With https, browsers are told to stay with it.",
            "https://graphyn.example.com");

    public static final Setting<Set<Origin>> ALLOWED_ORIGINS = Setting.of(
            "GRAPHYN_ALLOWED_ORIGINS",
            Kinds.origins(),
            "Whose pages may use the API from a browser, beside those of GRAPHYN_PUBLIC_URL.",
            "https://app.example.com,http://localhost:3000");

    public static final Setting<Path> HOME = Setting.of(
                    "GRAPHYN_HOME",
                    Kinds.folder(Path.of(System.getProperty("user.home"))),
                    "Data folder of `dev`: its databases, passwords and token issuer. One server at a time.",
                    "/var/lib/graphyn")
            .byDefault("~/.graphyn");

    public static final Setting<String> DATABASE_URL = Setting.of(
                    "GRAPHYN_DATABASE_URL",
                    Kinds.databaseUrl(),
                    "PostgreSQL 15 or later.",
                    "jdbc:postgresql://db.example:5432/graphyn?sslmode=verify-full")
            .requiredFor(Mode.SERVE, Mode.MIGRATE);

    public static final Setting<String> DATABASE_USER = Setting.of(
                    "GRAPHYN_DATABASE_USER",
                    Kinds.name(63),
                    "Role that the server works as. It owns nothing, so that row-level security binds it.",
                    "graphyn_app")
            .requiredFor(Mode.SERVE, Mode.MIGRATE);

    public static final Setting<Secret> DATABASE_PASSWORD = Setting.of(
                    "GRAPHYN_DATABASE_PASSWORD", Kinds.password(), "Its password.", "(output of: openssl rand -hex 24)")
            .requiredFor(Mode.SERVE)
            .keptSecret();

    public static final Setting<String> DATABASE_OWNER_USER = Setting.of(
                    "GRAPHYN_DATABASE_OWNER_USER",
                    Kinds.name(63),
                    "Role that owns the schema and runs the migrations. Needed by `migrate`, and by `serve` when it "
                            + "migrates.",
                    "graphyn_owner")
            .requiredFor(Mode.MIGRATE);

    public static final Setting<Secret> DATABASE_OWNER_PASSWORD = Setting.of(
                    "GRAPHYN_DATABASE_OWNER_PASSWORD",
                    Kinds.password(),
                    "Its password.",
                    "(output of: openssl rand -hex 24)")
            .requiredFor(Mode.MIGRATE)
            .keptSecret();

    public static final Setting<Boolean> DATABASE_MIGRATE = Setting.of(
                    "GRAPHYN_DATABASE_MIGRATE",
                    Kinds.yesOrNo(),
                    "Whether `serve` brings the database to its version first. With false, run `migrate` before.",
                    "false")
            .byDefault("true");

    public static final Setting<Integer> DATABASE_POOL_SIZE = Setting.of(
                    "GRAPHYN_DATABASE_POOL_SIZE",
                    Kinds.integer(2, 100),
                    "Connections to PostgreSQL. All servers together must stay below its max_connections.",
                    "20")
            .byDefault("10");

    public static final Setting<RedisConfiguration> REDIS_URL = Setting.of(
                    "GRAPHYN_REDIS_URL",
                    Kinds.redisUrl(),
                    "Redis 7 or 8, one server or a cluster, which the server itself says. Several hosts are nodes of one"
                            + " cluster. Secret, because it may carry a password.",
                    "rediss://:password@cache.example:6379")
            .requiredFor(Mode.SERVE)
            .keptSecret();

    public static final Setting<Secret> SECRET = Setting.of(
                    "GRAPHYN_SECRET",
                    Kinds.signingSecret(),
                    "Signs the cursors of pages. The same on every server; a new one only ends the pages under way.",
                    "(output of: openssl rand -hex 32)")
            .requiredFor(Mode.SERVE)
            .keptSecret();

    public static final Setting<String> TOKEN_ISSUER = Setting.of(
                    "GRAPHYN_TOKEN_ISSUER",
                    Kinds.issuer(),
                    "Who signs the session tokens.",
                    "https://clerk.example.com")
            .requiredFor(Mode.SERVE);

    public static final Setting<IdentityConfiguration.Format> TOKEN_FORMAT = Setting.of(
                    "GRAPHYN_TOKEN_FORMAT",
                    Kinds.oneOf(IdentityConfiguration.Format.class),
                    "What the tokens look like: Clerk's, or those of any OpenID Connect provider.",
                    "oidc")
            .byDefault("clerk");

    public static final Setting<KeySource.Jwks> TOKEN_JWKS_URL = Setting.of(
            "GRAPHYN_TOKEN_JWKS_URL",
            Kinds.keySet(),
            "Where the issuer publishes its keys. Exactly one of this and GRAPHYN_TOKEN_PUBLIC_KEY.",
            "https://clerk.example.com/.well-known/jwks.json");

    public static final Setting<KeySource.Pem> TOKEN_PUBLIC_KEY = Setting.of(
            "GRAPHYN_TOKEN_PUBLIC_KEY",
            Kinds.publicKeys(),
            "The issuer's keys themselves, for sites without a way out. In one line, \\n stands for a line's end.",
            "/etc/graphyn/issuer.pem");

    public static final Setting<List<String>> TOKEN_AUTHORIZED_PARTIES = Setting.of(
            "GRAPHYN_TOKEN_AUTHORIZED_PARTIES",
            Kinds.list(),
            "Whose tokens are taken (`azp`): web origins for Clerk, client ids for oidc.",
            "https://app.example.com,https://admin.example.com");

    public static final Setting<List<String>> TOKEN_AUDIENCE = Setting.of(
            "GRAPHYN_TOKEN_AUDIENCE",
            Kinds.list(),
            "For whom tokens must be made (`aud`). For oidc this or GRAPHYN_TOKEN_AUTHORIZED_PARTIES is needed.",
            "graphyn");

    public static final Setting<String> TOKEN_ORGANIZATION_CLAIM = Setting.of(
                    "GRAPHYN_TOKEN_ORGANIZATION_CLAIM",
                    Kinds.name(255),
                    "Claim with the active organization, by its name or a dotted path; for oidc.",
                    "organization")
            .byDefault(IdentityConfiguration.DEFAULT_ORGANIZATION_CLAIM);

    public static final Setting<String> TOKEN_ROLE_CLAIM = Setting.of(
                    "GRAPHYN_TOKEN_ROLE_CLAIM",
                    Kinds.name(255),
                    "Claim with the role or the roles, written the same way; for oidc.",
                    "realm_access.roles")
            .byDefault(IdentityConfiguration.DEFAULT_ROLE_CLAIM);

    public static final Setting<Map<String, Role>> TOKEN_ROLES = Setting.of(
                    "GRAPHYN_TOKEN_ROLES",
                    Kinds.roles(),
                    "What the issuer's roles are here; * is any other, and none. A role without a meaning may do nothing.",
                    "org:billing=auditor,*=viewer")
            .byDefault("admin=admin,member=member,viewer=viewer,auditor=auditor");

    public static final Setting<Integer> MAX_CONNECTIONS = Setting.of(
                    "GRAPHYN_MAX_CONNECTIONS",
                    Kinds.integer(1, 1_000_000),
                    "Connections at one time, streams among them; further ones wait to be accepted. Each needs a file "
                            + "descriptor.",
                    "50000")
            .byDefault("10000");

    public static final Setting<Integer> STREAMS_PER_USER = Setting.of(
                    "GRAPHYN_STREAMS_PER_USER",
                    Kinds.integer(1, 1_000_000),
                    "Streams that one user may have open on one server.",
                    "100")
            .byDefault("1000");

    public static final Setting<Integer> STREAMS_PER_ORGANIZATION = Setting.of(
                    "GRAPHYN_STREAMS_PER_ORGANIZATION",
                    Kinds.integer(1, 1_000_000),
                    "Streams that the users of one organization may have open on one server.",
                    "2000")
            .byDefault("5000");

    public static final Setting<Integer> STREAM_BACKLOG_BYTES = Setting.of(
                    "GRAPHYN_STREAM_BACKLOG_BYTES",
                    Kinds.integer(64 * 1_024, 64 * 1_024 * 1_024),
                    "Bytes of live events that may wait for a client that reads slowly, before it is closed (4409). Clients "
                            + "that lag together share them.",
                    "16777216")
            .byDefault("8388608");

    public static final Setting<Integer> MAX_BODY_BYTES = Setting.of(
                    "GRAPHYN_MAX_BODY_BYTES",
                    Kinds.integer(64 * 1024, 64 * 1024 * 1024),
                    "Longest body of a request that holds one thing, in bytes. Batches may be 16 MiB or, if that is more, as long.",
                    "16777216")
            .byDefault("8388608");

    public static final Setting<EmbeddingSource> EMBEDDINGS = Setting.of(
                    "GRAPHYN_EMBEDDINGS",
                    Kinds.embeddings(),
                    "Which model of meaning memory is embedded by: the one that comes with Graphyn, none, or that of an "
                            + "endpoint. All servers of a cluster need the same.",
                    "https://api.example.com/v1")
            .byDefault("local");

    public static final Setting<String> EMBEDDINGS_MODEL = Setting.of(
            "GRAPHYN_EMBEDDINGS_MODEL",
            Kinds.name(200),
            "Which of the endpoint's models. After a change, memory is embedded anew in the background.",
            "text-embedding-3-small");

    public static final Setting<Secret> EMBEDDINGS_KEY = Setting.of(
                    "GRAPHYN_EMBEDDINGS_KEY",
                    Kinds.bearer(),
                    "The endpoint's key, if it asks for one.",
                    "(its issuer's)")
            .keptSecret();

    public static final Setting<Integer> RECALL_MEMORY_BYTES = Setting.of(
                    "GRAPHYN_RECALL_MEMORY_BYTES",
                    Kinds.integer(16 * 1024 * 1024, Integer.MAX_VALUE),
                    "Bytes of heap for the memories of the agents that were asked last; 100,000 short turns take some 110 "
                            + "million.",
                    "1073741824")
            .byDefault("268435456");

    public static final Setting<ModelTable> PRICES = Setting.of(
            "GRAPHYN_PRICES",
            Kinds.models(),
            "What models cost for a million tokens, how their cached tokens weigh, and how many they read; docs/savings.md "
                    + "says more.",
            "{\"some-model\":{\"currency\":\"USD\",\"input\":2,\"output\":8,\"window\":128000}}");

    public static final Setting<LogFormat> LOG_FORMAT = Setting.of(
                    "GRAPHYN_LOG_FORMAT",
                    Kinds.oneOf(LogFormat.class),
                    "How the log on standard error is written; times are in UTC.",
                    "json")
            .byDefault("text");

    public static final Setting<LogLevel> LOG_LEVEL = Setting.of(
                    "GRAPHYN_LOG_LEVEL",
                    Kinds.oneOf(LogLevel.class),
                    "From which weight on things are logged.",
                    "debug")
            .byDefault("info");

    public static final Setting<Secret> TOKEN = Setting.of(
                    "GRAPHYN_TOKEN",
                    Kinds.bearer(),
                    "Token that `import` sends. Not set, one of `dev` is minted for a server on loopback.",
                    "(output of: ./graphyn token --user ada --org acme)")
            .keptSecret();

    /** Every setting, in the order in which they are listed. */
    public static final List<Setting<?>> ALL = List.of(
            HOST,
            PORT,
            PUBLIC_URL,
            ALLOWED_ORIGINS,
            HOME,
            DATABASE_URL,
            DATABASE_USER,
            DATABASE_PASSWORD,
            DATABASE_OWNER_USER,
            DATABASE_OWNER_PASSWORD,
            DATABASE_MIGRATE,
            DATABASE_POOL_SIZE,
            REDIS_URL,
            SECRET,
            TOKEN_ISSUER,
            TOKEN_FORMAT,
            TOKEN_JWKS_URL,
            TOKEN_PUBLIC_KEY,
            TOKEN_AUTHORIZED_PARTIES,
            TOKEN_AUDIENCE,
            TOKEN_ORGANIZATION_CLAIM,
            TOKEN_ROLE_CLAIM,
            TOKEN_ROLES,
            MAX_CONNECTIONS,
            STREAMS_PER_USER,
            STREAMS_PER_ORGANIZATION,
            STREAM_BACKLOG_BYTES,
            MAX_BODY_BYTES,
            EMBEDDINGS,
            EMBEDDINGS_MODEL,
            EMBEDDINGS_KEY,
            RECALL_MEMORY_BYTES,
            PRICES,
            LOG_FORMAT,
            LOG_LEVEL,
            TOKEN);

    private Settings() {}
}
