package xyz.graphyn.application.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.access.Principal;

/** How many connections each user and each organization has on this server. */
final class Connections {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final int mostPerUser;
    private final int mostPerOrganization;

    // Both guarded by this.
    private final Map<User, Integer> ofUsers = new HashMap<>();
    private final Map<OrganizationId, Integer> ofOrganizations = new HashMap<>();

    private record User(OrganizationId organization, String subject) {}

    Connections(int mostPerUser, int mostPerOrganization) {
        this.mostPerUser = mostPerUser;
        this.mostPerOrganization = mostPerOrganization;
    }

    /** @throws Refusal.TooMany if there is none left */
    Lease connect(Principal principal) {
        User user = new User(principal.organization(), principal.subject());
        synchronized (this) {
            if (ofUsers.getOrDefault(user, 0) >= mostPerUser) {
                throw new Refusal.TooMany("You have " + mostPerUser + " streams open already.", RETRY_AFTER);
            }
            if (ofOrganizations.getOrDefault(user.organization, 0) >= mostPerOrganization) {
                throw new Refusal.TooMany(
                        "Your organization has " + mostPerOrganization + " streams open already.", RETRY_AFTER);
            }
            ofUsers.merge(user, 1, Integer::sum);
            ofOrganizations.merge(user.organization, 1, Integer::sum);
        }
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                release(user);
            }
        };
    }

    private synchronized void release(User user) {
        ofUsers.computeIfPresent(user, (key, count) -> count == 1 ? null : count - 1);
        ofOrganizations.computeIfPresent(user.organization, (key, count) -> count == 1 ? null : count - 1);
    }
}
