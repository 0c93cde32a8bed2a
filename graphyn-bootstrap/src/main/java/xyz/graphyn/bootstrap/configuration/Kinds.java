package xyz.graphyn.bootstrap.configuration;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import xyz.graphyn.adapter.http.identity.BearerToken;
import xyz.graphyn.adapter.http.identity.KeySource;
import xyz.graphyn.adapter.http.origin.Origin;
import xyz.graphyn.adapter.redis.RedisConfiguration;
import xyz.graphyn.bootstrap.configuration.Kind.Unfit;
import xyz.graphyn.domain.access.Role;
import xyz.graphyn.domain.usage.ModelTable;

/** The kinds of values that settings have. */
final class Kinds {
    private static final int LONGEST_SHOWN = 60;
    private static final int LONGEST_LIST = 100;
    private static final int LONGEST_ENTRY = 255;
    private static final long LONGEST_FILE = 256 * 1024;
    private static final Set<String> CREDENTIALS = Set.of("user", "password", "sslpassword");

    private Kinds() {}

    static Kind<Long> wholeNumber(long least, long most) {
        String form = "a whole number from %,d to %,d".formatted(least, most).replace(',', ' ');
        return new Kind<>(form, text -> {
            try {
                long number = Long.parseLong(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw unfit(text, form);
            }
            throw unfit(text, form);
        });
    }

    static Kind<Integer> integer(int least, int most) {
        Kind<Long> wide = wholeNumber(least, most);
        return new Kind<>(wide.form(), text -> Math.toIntExact(wide.parser().parse(text)));
    }

    static Kind<Boolean> yesOrNo() {
        return new Kind<>("true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw unfit(text, "true or false");
        });
    }

    static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
        String form = Arrays.stream(type.getEnumConstants()).map(Kinds::word).collect(Collectors.joining(" or "));
        return new Kind<>(form, text -> constant(type, text, form), Kinds::word);
    }

    static Kind<String> name(int longest) {
        String form = "a name of 1 to " + longest + " characters, without white space";
        return new Kind<>(form, text -> {
            if (text.length() > longest
                    || text.codePoints().anyMatch(c -> c == ' ' || Character.isWhitespace(c) || isControl(c))) {
                throw unfit(text, form);
            }
            return text;
        });
    }

    static Kind<Path> folder(Path userHome) {
        return new Kind<>("a path; ~ is the user's home", text -> {
            try {
                Path path = text.equals("~") || text.startsWith("~/")
                        ? userHome.resolve(text.substring(Math.min(2, text.length())))
                        : Path.of(text);
                return path.toAbsolutePath().normalize();
            } catch (InvalidPathException e) {
                throw unfit(text, "a path");
            }
        });
    }

    /** A password, which may have any characters. */
    static Kind<Secret> password() {
        return new Kind<>("1 to 512 characters", text -> {
            if (text.length() > 512) {
                throw new Unfit("is longer than 512 characters.");
            }
            return new Secret(text);
        });
    }

    /** A token as it follows the word Bearer (RFC 6750). */
    static Kind<Secret> bearer() {
        return new Kind<>("a bearer token of up to 8 192 characters", text -> {
            if (!text.matches("[A-Za-z0-9._~+/=-]+")) {
                throw new Unfit("is not a bearer token.");
            }
            if (text.length() > BearerToken.MAX_LENGTH) {
                throw new Unfit("is longer than the 8 192 characters that a server takes.");
            }
            return new Secret(text);
        });
    }

    /** A secret that things are signed with. */
    static Kind<Secret> signingSecret() {
        return new Kind<>("32 to 512 random characters", text -> {
            if (text.length() < 32 || text.length() > 512) {
                throw new Unfit("has " + text.length() + " characters, but needs 32 to 512.");
            }
            if (text.chars().distinct().count() < 10 || Weakness.isWellKnown(text)) {
                throw new Unfit("can be guessed; it must be random.");
            }
            return new Secret(text);
        });
    }

    static Kind<String> databaseUrl() {
        String form = "jdbc:postgresql://host[:port]/database";
        return new Kind<>(form, text -> {
            if (!text.startsWith("jdbc:postgresql://")) {
                throw new Unfit("must look like " + form + ".");
            }
            URI uri = uri(text.substring("jdbc:".length()));
            String path = uri.getRawPath();
            if (uri.getRawAuthority() == null || path == null || path.length() < 2) {
                throw new Unfit("must name a host and a database: " + form + ".");
            }
            String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
            boolean tellsCredentials = Arrays.stream(query.split("&"))
                    .map(parameter -> parameter.split("=", 2)[0].toLowerCase(Locale.ROOT))
                    .anyMatch(CREDENTIALS::contains);
            if (tellsCredentials || uri.getRawAuthority().contains("@")) {
                throw new Unfit("must not hold a user or a password: they have settings of their own.");
            }
            return text;
        });
    }

    static Kind<RedisConfiguration> redisUrl() {
        return new Kind<>(
                "redis://[[user]:password@]host[:port][,host[:port]...][/number], rediss:// for TLS", text -> {
                    try {
                        return RedisConfiguration.at(text);
                    } catch (IllegalArgumentException e) {
                        throw new Unfit(e.getMessage() + ".");
                    }
                });
    }

    static Kind<String> issuer() {
        String form = "the exact \"iss\" of the tokens: an absolute URL, up to " + LONGEST_ENTRY + " characters";
        return new Kind<>(form, text -> {
            if (text.length() > LONGEST_ENTRY
                    || !uri(text).isAbsolute()
                    || uri(text).getHost() == null) {
                throw unfit(text, form);
            }
            return text;
        });
    }

    static Kind<KeySource.Jwks> keySet() {
        return new Kind<>(
                "an https:// URL; http:// to this machine itself",
                text -> {
                    try {
                        return KeySource.Jwks.at(uri(text));
                    } catch (IllegalArgumentException e) {
                        throw new Unfit("is refused: " + e.getMessage() + ".");
                    }
                },
                keys -> keys.url().toString());
    }

    /** Public keys in PEM, given as text or as the path of a file. */
    static Kind<KeySource.Pem> publicKeys() {
        return new Kind<>(
                "RSA public keys or certificates in PEM, of 2 048 to 8 192 bits, or the path of their file",
                text -> {
                    String pem = text.startsWith("-----") ? text : read(text, "PEM");
                    if (pem.contains("PRIVATE KEY")) {
                        throw new Unfit("holds a private key, which has no business here. Give the public one.");
                    }
                    try {
                        return KeySource.Pem.parse(pem);
                    } catch (IllegalArgumentException e) {
                        throw new Unfit("is refused: " + e.getMessage() + ".");
                    }
                },
                pem -> "(keys: " + pem.keys().size() + ")");
    }

    /** What models cost, given as text or as the path of a file. */
    static Kind<ModelTable> models() {
        return new Kind<>(
                "JSON, {\"beginning of a model's name\": {\"currency\", \"input\", \"output\", \"cacheRead\", \"cacheWrite\","
                        + " \"window\"}}, or the path of a file with it",
                text -> {
                    try {
                        return ModelPrices.parse(text.startsWith("{") ? text : read(text, "JSON"));
                    } catch (IllegalArgumentException e) {
                        throw new Unfit("is refused: " + e.getMessage() + ".");
                    }
                },
                models -> "(models: " + models.size() + ")");
    }

    private static String read(String path, String what) throws Unfit {
        try {
            Path file = Path.of(path);
            if (Files.isRegularFile(file) && Files.size(file) <= LONGEST_FILE) {
                return Files.readString(file);
            }
        } catch (InvalidPathException | IOException e) {
            throw new Unfit("is neither " + what + " nor the path of a readable file with it.");
        }
        throw new Unfit("is neither " + what + " nor the path of a file with it.");
    }

    /** Where texts get their meaning from. */
    static Kind<EmbeddingSource> embeddings() {
        String form = "local, none, or the https:// or http:// URL of an endpoint like OpenAI's, such as"
                + " https://api.example.com/v1";
        return new Kind<>(
                form,
                text -> switch (text) {
                    case "local" -> EmbeddingSource.LOCAL;
                    case "none" -> EmbeddingSource.NONE;
                    default -> new EmbeddingSource(false, publicUrl().parser().parse(text));
                },
                source -> source.none()
                        ? "none"
                        : source.endpoint() == null
                                ? "local"
                                : source.endpoint().toString());
    }

    /** How clients reach the server. */
    static Kind<URI> publicUrl() {
        String form = "an https:// or http:// URL";
        return new Kind<>(form, text -> {
            URI uri = uri(text);
            String scheme = String.valueOf(uri.getScheme());
            boolean bare = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            if (!Set.of("https", "http").contains(scheme) || uri.getHost() == null || !bare) {
                throw new Unfit("must be " + form + ", without a user, a ?query and a #fragment.");
            }
            return uri;
        });
    }

    static Kind<List<String>> list() {
        String form =
                "up to " + LONGEST_LIST + " values of up to " + LONGEST_ENTRY + " characters, separated by commas";
        return new Kind<>(
                form,
                text -> {
                    List<String> values = new ArrayList<>();
                    for (String part : text.split(",", -1)) {
                        if (!part.isBlank()) {
                            values.add(entry(part.strip()));
                        }
                    }
                    if (values.isEmpty() || values.size() > LONGEST_LIST) {
                        throw unfit(text, form);
                    }
                    return List.copyOf(values);
                },
                values -> String.join(",", values));
    }

    static Kind<Set<Origin>> origins() {
        String form = "up to " + LONGEST_LIST + " origins, separated by commas: " + Origin.FORM;
        return new Kind<>(
                form,
                text -> {
                    Set<Origin> origins = new LinkedHashSet<>();
                    for (String part : text.split(",", -1)) {
                        origins.add(Origin.parse(part.strip()).orElseThrow(() -> unfit(part.strip(), form)));
                    }
                    if (origins.size() > LONGEST_LIST) {
                        throw unfit(text, form);
                    }
                    return origins;
                },
                origins -> origins.stream().map(Origin::toString).collect(Collectors.joining(",")));
    }

    static Kind<Map<String, Role>> roles() {
        String roles = Arrays.stream(Role.values()).map(Kinds::word).collect(Collectors.joining(", "));
        String form = "up to " + LONGEST_LIST + " pairs theirs=ours, separated by commas; ours is one of " + roles;
        return new Kind<>(
                form,
                text -> {
                    Map<String, Role> map = new LinkedHashMap<>();
                    for (String pair : text.split(",", -1)) {
                        int sign = pair.lastIndexOf('=');
                        String theirs = sign < 0 ? "" : pair.substring(0, sign).strip();
                        if (theirs.isEmpty() || map.size() == LONGEST_LIST) {
                            throw new Unfit("must be " + form + ".");
                        }
                        entry(theirs);
                        Role ours =
                                constant(Role.class, pair.substring(sign + 1).strip(), "one of " + roles);
                        if (map.put(theirs, ours) != null) {
                            throw new Unfit("gives a role to " + quoted(theirs) + " twice.");
                        }
                    }
                    return Map.copyOf(map);
                },
                map -> map.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + word(entry.getValue()))
                        .sorted()
                        .collect(Collectors.joining(",")));
    }

    private static String entry(String text) throws Unfit {
        if (text.length() > LONGEST_ENTRY) {
            throw new Unfit(
                    "has the entry " + quoted(text) + ", which is longer than " + LONGEST_ENTRY + " characters.");
        }
        if (text.chars().anyMatch(Kinds::isControl)) {
            throw new Unfit("has a control character in the entry " + quoted(text) + ".");
        }
        return text;
    }

    private static boolean isControl(int character) {
        return Character.isISOControl(character);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text, String form) throws Unfit {
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(text.toLowerCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw unfit(text, form);
    }

    // The exception's own text would repeat the URL, which may hold a password.
    private static URI uri(String text) throws Unfit {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new Unfit("is no URL at its character " + (e.getIndex() + 1) + ".");
        }
    }

    private static Unfit unfit(String text, String form) {
        return new Unfit("is " + quoted(text) + ", but must be " + form + ".");
    }

    private static String quoted(String text) {
        String plain = text.replaceAll("\\p{Cc}", "?");
        return '"' + (plain.length() > LONGEST_SHOWN ? plain.substring(0, LONGEST_SHOWN) + "…" : plain) + '"';
    }
}
