package xyz.graphyn.adapter.detection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the name of a variable, a header or an option says about its value. */
final class Identifier {
    enum Says {
        /** Nothing. */
        NOTHING,
        /** That it is something that everybody may see, such as the name of a key. */
        HARMLESS,
        /** Whose it is. */
        PROVIDER,
        /** That it may be a secret. */
        MAYBE,
        /** That it is a secret. */
        SECRET,
        /** That it is a password, which may be short and made of words. */
        PASSWORD,
        /** Only that it is a value. */
        FILLER
    }

    private static final Set<String> PASSWORDS = Set.of(
            "password",
            "passwords",
            "passwd",
            "passwrd",
            "pwd",
            "pswd",
            "pw",
            "pass",
            "passphrase",
            "passcode",
            "passwort",
            "userpass",
            "psk");

    private static final Set<String> SECRETS = Set.of(
            "secret",
            "secrets",
            "secrete",
            "token",
            "tokens",
            "apikey",
            "apikeys",
            "key",
            "keys",
            "bearer",
            "jwt",
            "credential",
            "credentials",
            "creds",
            "cred",
            "pat",
            "accesskey",
            "secretkey",
            "privatekey",
            "authtoken",
            "accesstoken",
            "apitoken",
            "clientsecret",
            "presharedkey",
            "authkey",
            "crumb",
            "authorization");

    private static final Set<String> MAYBES =
            Set.of("access", "private", "auth", "authentication", "api", "login", "license", "licence", "webhook");

    private static final String[] GLUED = {
        "password", "passwd", "secret", "token", "apikey", "secretkey", "accesskey", "privatekey", "authkey", "key"
    };

    private static final Set<String> NO_KEYS = Set.of(
            "monkey",
            "turkey",
            "donkey",
            "whiskey",
            "hockey",
            "jockey",
            "hotkey",
            "mickey",
            "smokey",
            "lackey",
            "passkey",
            "latchkey",
            "flunkey",
            "dickey",
            "disney");

    /** Behind the word, what makes it something else. */
    private static final Set<String> ABOUT = Set.of(
            "id",
            "ids",
            "identifier",
            "name",
            "names",
            "type",
            "types",
            "url",
            "uri",
            "endpoint",
            "path",
            "file",
            "files",
            "dir",
            "length",
            "size",
            "len",
            "format",
            "policy",
            "count",
            "hash",
            "fingerprint",
            "algorithm",
            "alg",
            "index",
            "field",
            "prefix",
            "suffix",
            "label",
            "store",
            "keystore",
            "expiry",
            "expires",
            "expiration",
            "ttl",
            "date",
            "at",
            "time",
            "timeout",
            "status",
            "enabled",
            "required",
            "header",
            "version",
            "arn",
            "ref",
            "config",
            "event",
            "pressed",
            "code",
            "selector",
            "pair",
            "bytes",
            "bits",
            "rotation",
            "usage",
            "alias",
            "column",
            "map",
            "list",
            "group",
            "schema",
            "vault",
            "chain",
            "frame",
            "point",
            "down",
            "up",
            "press",
            "stroke",
            "chars",
            "limit",
            "limits",
            "max",
            "min",
            "budget",
            "error",
            "errors",
            "message",
            "description",
            "help",
            "source",
            "results",
            "mode",
            "scope",
            "provider",
            "class",
            "distance",
            "tag",
            "md5",
            "sha1",
            "sha256",
            "checksum",
            "word",
            "words",
            "rate",
            "used",
            "cost",
            "price",
            "location",
            "host",
            "region",
            "domain");

    /** Before a key or a token, what makes it public or a mark in an index. */
    private static final Set<String> OPEN = Set.of(
            "public",
            "pub",
            "publishable",
            "primary",
            "foreign",
            "partition",
            "sort",
            "sequence",
            "schema",
            "bucket",
            "object",
            "cache",
            "s3",
            "index",
            "row",
            "range",
            "map",
            "dict",
            "json",
            "lookup",
            "group",
            "unique",
            "composite",
            "shard",
            "route",
            "event",
            "arrow",
            "next",
            "page",
            "continuation",
            "csrf",
            "xsrf",
            "issuer",
            "idempotency",
            "prompt",
            "completion",
            "input",
            "output",
            "total",
            "max",
            "stop",
            "special",
            "pad",
            "translation",
            "i18n",
            "sync",
            "cursor",
            "dedup",
            "deduplication",
            "storage",
            "path",
            "registry",
            "verifying",
            "no",
            "cached",
            "reasoning",
            "query");

    private static final Set<String> FILLERS = Set.of(
            "value", "val", "default", "string", "str", "env", "var", "export", "set", "const", "let", "final", "is",
            "was", "the", "my", "your", "data", "text", "content", "new", "h", "f", "here");

    private static final Set<String> PROVIDERS = providers();

    /** The same names come again and again; what is remembered of them takes less than a megabyte. */
    private static final int MAX_KNOWN = 4_000;

    private static final int MAX_KNOWN_LENGTH = 40;
    private static final Map<String, Says> KNOWN = new ConcurrentHashMap<>();

    private Identifier() {}

    private static Set<String> providers() {
        Set<String> providers = new HashSet<>();
        for (String line : SecretPrefixes.lines("providers.txt")) {
            providers.addAll(List.of(line.trim().split("\\s+", -1)));
        }
        return Set.copyOf(providers);
    }

    static Says judge(String identifier) {
        Says known = KNOWN.get(identifier);
        if (known != null) {
            return known;
        }
        Says says = judge(words(identifier));
        if (identifier.length() <= MAX_KNOWN_LENGTH) {
            if (KNOWN.size() >= MAX_KNOWN) {
                KNOWN.clear();
            }
            KNOWN.put(identifier, says);
        }
        return says;
    }

    private static Says judge(List<String> words) {
        if (words.isEmpty()) {
            return Says.NOTHING;
        }
        for (int i = words.size() - 1; i >= 0; i--) {
            Says says = keyword(words.get(i));
            if (says == Says.NOTHING) {
                continue;
            }
            if (i + 1 < words.size() && about(words, i + 1)) {
                return Says.HARMLESS;
            }
            boolean key = words.get(i).endsWith("key")
                    || words.get(i).endsWith("keys")
                    || words.get(i).endsWith("token")
                    || words.get(i).endsWith("tokens");
            if (key && i > 0 && OPEN.contains(words.get(i - 1))) {
                return Says.HARMLESS;
            }
            if (says == Says.MAYBE && i > 0 && keyword(words.get(i - 1)) == Says.SECRET) {
                return Says.SECRET;
            }
            return says;
        }
        if (words.stream().allMatch(FILLERS::contains)) {
            return Says.FILLER;
        }
        if (about(words, words.size() - 1)) {
            return Says.HARMLESS;
        }
        for (int i = 0; i < words.size(); i++) {
            if (PROVIDERS.contains(words.get(i)) || (i > 0 && PROVIDERS.contains(words.get(i - 1) + words.get(i)))) {
                return Says.PROVIDER;
            }
        }
        return Says.NOTHING;
    }

    private static boolean about(List<String> words, int from) {
        for (int i = from; i < words.size(); i++) {
            if (ABOUT.contains(words.get(i))) {
                return true;
            }
        }
        return false;
    }

    static Says keyword(String word) {
        if (PASSWORDS.contains(word)) {
            return Says.PASSWORD;
        }
        if (SECRETS.contains(word)) {
            return Says.SECRET;
        }
        if (MAYBES.contains(word)) {
            return Says.MAYBE;
        }
        for (String glued : GLUED) {
            if (word.length() > glued.length() + 2 && word.endsWith(glued)) {
                boolean password = glued.startsWith("passw");
                return password ? Says.PASSWORD : NO_KEYS.contains(word) ? Says.NOTHING : Says.SECRET;
            }
        }
        return Says.NOTHING;
    }

    /** {@code awsKMSKey_id} becomes aws, kms, key, id; digits stay with the letters before them. */
    static List<String> words(String identifier) {
        List<String> words = new ArrayList<>(4);
        int start = 0;
        for (int i = 0; i <= identifier.length(); i++) {
            boolean end = i == identifier.length() || !Scan.isAlphanumeric(identifier.charAt(i));
            if (end || (i > start && begins(identifier, i))) {
                if (i > start) {
                    words.add(identifier.substring(start, i).toLowerCase(Locale.ROOT));
                }
                start = end ? i + 1 : i;
            }
        }
        return words;
    }

    private static boolean begins(String identifier, int i) {
        char before = identifier.charAt(i - 1);
        char c = identifier.charAt(i);
        if (isUpper(c)) {
            boolean lowerFollows = i + 1 < identifier.length() && isLower(identifier.charAt(i + 1));
            return !isUpper(before) || lowerFollows;
        }
        // "infuraKEYwith": capitals end where lower-case letters go on for longer than an ending.
        return isLower(c)
                && isUpper(before)
                && i > 2
                && isUpper(identifier.charAt(i - 2))
                && isUpper(identifier.charAt(i - 3));
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }
}
