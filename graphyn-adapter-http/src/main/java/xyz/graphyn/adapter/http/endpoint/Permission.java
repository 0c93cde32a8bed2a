package xyz.graphyn.adapter.http.endpoint;

import xyz.graphyn.domain.access.AgentPermission;

/**
 * What an endpoint asks of its caller. That they are signed in is seen to before anything of the request is read; what
 * they may do with an agent, the use case decides, which reads the agent anyway.
 */
public sealed interface Permission {
    /** Nothing: it answers everybody, and says nothing about anybody. */
    record Open() implements Permission {}

    /** To be signed in; what they see is what they may see. */
    record SignedIn() implements Permission {}

    /** To be signed in with a role that creates agents. */
    record CreateAgents() implements Permission {}

    /** To be signed in as an admin. */
    record Admin() implements Permission {}

    /** To be signed in and to hold this permission, or more, on the agent in the path. */
    record OnAgent(AgentPermission needed) implements Permission {}

    static Permission open() {
        return new Open();
    }

    static Permission signedIn() {
        return new SignedIn();
    }

    static Permission createAgents() {
        return new CreateAgents();
    }

    static Permission admin() {
        return new Admin();
    }

    static Permission onAgent(AgentPermission needed) {
        return new OnAgent(needed);
    }

    /** One sentence for the reference. */
    default String description() {
        return switch (this) {
            case Open() -> "Open: no token is needed.";
            case SignedIn() -> "Needs a token.";
            case CreateAgents() -> "Needs a role that creates agents: admin or member.";
            case Admin() -> "Needs the role admin.";
            case OnAgent(AgentPermission needed) ->
                switch (needed) {
                    case NONE, EXISTENCE -> "Needs to know of the agent: any role of its organization.";
                    case READ -> "Needs `read` on the agent.";
                    case WRITE -> "Needs `write` on the agent.";
                    case MANAGE -> "Needs `manage` on the agent.";
                };
        };
    }
}
