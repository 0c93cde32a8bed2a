package xyz.graphyn.application.access;

import xyz.graphyn.application.access.ExternalOrganization.Kind;
import xyz.graphyn.domain.access.Principal;

/** Finds who is behind a verified session. A user without an organization acts in a personal one of their own. */
public final class SignIn {
    private final OrganizationDirectory organizations;

    public SignIn(OrganizationDirectory organizations) {
        this.organizations = organizations;
    }

    public Principal signIn(VerifiedSession session) {
        ExternalOrganization organization = session.organization() == null
                ? new ExternalOrganization(session.issuer(), Kind.PERSONAL, session.subject())
                : new ExternalOrganization(session.issuer(), Kind.ORGANIZATION, session.organization());
        return new Principal(
                organizations.resolve(organization),
                session.subject(),
                session.role(),
                session.impersonator(),
                session.expiresAt());
    }
}
