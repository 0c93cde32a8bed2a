package xyz.graphyn.adapter.postgres;

/** How a role signs in. The password is never printed. */
public record Credentials(String user, String password) {
    @Override
    public String toString() {
        return "Credentials[user=" + user + ", password=***]";
    }
}
