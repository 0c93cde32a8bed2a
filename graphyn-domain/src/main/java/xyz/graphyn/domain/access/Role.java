package xyz.graphyn.domain.access;

/** What a signed-in user is to an organization. It comes from the token, never from the request. */
public enum Role {
    /** Manages every agent of the organization, and the organization itself. */
    ADMIN,
    /** Creates agents and manages those; reads or writes the others by the organization's default and by grant. */
    MEMBER,
    /** Reads agents by the organization's default or by grant. */
    VIEWER,
    /** Reads the audit trail. Sees which agents exist, not what is in them. */
    AUDITOR
}
