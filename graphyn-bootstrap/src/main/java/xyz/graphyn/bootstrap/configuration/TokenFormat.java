package xyz.graphyn.bootstrap.configuration;

/** Whose session tokens are taken. */
public enum TokenFormat {
    /** Clerk's session tokens, versions 1 and 2. */
    CLERK,
    /** Tokens of any OpenID Connect provider, with claims that the settings name. */
    OIDC
}
