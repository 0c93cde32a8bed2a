package xyz.graphyn.bootstrap.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import xyz.graphyn.adapter.http.identity.IdentityConfiguration.Format;
import xyz.graphyn.domain.access.Role;

/** What can only be seen by looking at several settings at once. */
final class Contradictions {
    private static final String CLERK_PREFIX = "org:";

    private final SettingValues values;
    private final SettingSources sources;
    private final List<Mistake> mistakes = new ArrayList<>();

    private Contradictions(SettingValues values, SettingSources sources) {
        this.values = values;
        this.sources = sources;
    }

    static List<Mistake> in(SettingValues values, SettingSources sources) {
        Contradictions contradictions = new Contradictions(values, sources);
        contradictions.ofTokens();
        contradictions.ofRoles();
        contradictions.ofTheDatabase();
        contradictions.ofEmbeddings();
        return contradictions.mistakes;
    }

    private void ofTokens() {
        boolean url = isSet(Settings.TOKEN_JWKS_URL);
        boolean key = isSet(Settings.TOKEN_PUBLIC_KEY);
        if (url && key) {
            add(Settings.TOKEN_JWKS_URL, "and GRAPHYN_TOKEN_PUBLIC_KEY are both set. Leave one out.");
        } else if (!url && !key && values.mode() == Mode.SERVE) {
            add(Settings.TOKEN_JWKS_URL, "is needed, or GRAPHYN_TOKEN_PUBLIC_KEY, and neither is set.");
        }
        // An issuer signs the tokens of all its applications with the same keys.
        boolean oidc = values.find(Settings.TOKEN_FORMAT).equals(Optional.of(Format.OIDC));
        boolean narrowed = isSet(Settings.TOKEN_AUDIENCE) || isSet(Settings.TOKEN_AUTHORIZED_PARTIES);
        if (oidc && !narrowed && values.mode() == Mode.SERVE) {
            add(
                    Settings.TOKEN_AUDIENCE,
                    "is needed with GRAPHYN_TOKEN_FORMAT=oidc, or GRAPHYN_TOKEN_AUTHORIZED_PARTIES, and neither is "
                            + "set: tokens for other applications would be taken.");
        }
    }

    /** Clerk writes a role with a prefix in one version of its tokens and without in the other. */
    private void ofRoles() {
        if (!values.find(Settings.TOKEN_FORMAT).equals(Optional.of(Format.CLERK))) {
            return;
        }
        Map<String, Role> roles = values.find(Settings.TOKEN_ROLES).orElse(Map.of());
        roles.forEach((name, role) -> {
            Role other = roles.get(CLERK_PREFIX + name);
            if (other != null && other != role) {
                add(
                        Settings.TOKEN_ROLES,
                        "gives two roles to %1$s, because %2$s%1$s is the same role of Clerk's."
                                .formatted(name, CLERK_PREFIX));
            }
        });
    }

    private void ofTheDatabase() {
        boolean migrates = values.find(Settings.DATABASE_MIGRATE).orElse(false);
        if (values.mode() == Mode.SERVE && migrates) {
            for (Setting<?> owner : List.of(Settings.DATABASE_OWNER_USER, Settings.DATABASE_OWNER_PASSWORD)) {
                if (!isSet(owner)) {
                    add(owner, "is needed and not set, because GRAPHYN_DATABASE_MIGRATE is true.");
                }
            }
        }
        Optional<String> user = values.find(Settings.DATABASE_USER);
        Optional<String> owner = values.find(Settings.DATABASE_OWNER_USER);
        if (user.isPresent() && user.equals(owner)) {
            add(
                    Settings.DATABASE_USER,
                    "and GRAPHYN_DATABASE_OWNER_USER are the same role. The server's must own nothing, or row-level "
                            + "security doesn't bind it.");
        }
        refuseGuesses(Settings.DATABASE_PASSWORD, user);
        refuseGuesses(Settings.DATABASE_OWNER_PASSWORD, owner);
    }

    private void ofEmbeddings() {
        if (values.mode() == Mode.TOOL) {
            return;
        }
        Optional<EmbeddingSource> source = values.find(Settings.EMBEDDINGS);
        boolean endpoint = source.isPresent() && source.get().endpoint() != null;
        if (endpoint && !isSet(Settings.EMBEDDINGS_MODEL)) {
            add(Settings.EMBEDDINGS_MODEL, "is needed and not set, because GRAPHYN_EMBEDDINGS is an endpoint.");
        }
        for (Setting<?> more : List.of(Settings.EMBEDDINGS_MODEL, Settings.EMBEDDINGS_KEY)) {
            if (source.isPresent() && !endpoint && isSet(more)) {
                add(more, "is set, but GRAPHYN_EMBEDDINGS is no endpoint. Leave one out.");
            }
        }
    }

    private void refuseGuesses(Setting<Secret> setting, Optional<String> user) {
        Optional<Secret> password = values.find(setting);
        if (password.isPresent() && Weakness.isGuess(password.get().value(), user.orElse(""))) {
            add(setting, "can be guessed; it must be random.");
        }
    }

    // Also true for a value with a mistake of its own, which is reported once and not as missing too.
    private boolean isSet(Setting<?> setting) {
        return sources.isSet(setting);
    }

    private void add(Setting<?> setting, String what) {
        mistakes.add(SettingValues.mistake(setting, what));
    }
}
