package xyz.graphyn.adapter.http.stream;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.adapter.http.problem.Mistake;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemException;
import xyz.graphyn.adapter.http.problem.ProblemType;
import xyz.graphyn.adapter.http.problem.Problems;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.stream.Lease;
import xyz.graphyn.domain.access.Principal;
import xyz.graphyn.domain.agent.AgentId;

/** What is said on one WebSocket: who the client is, which agents it watches, and what it is answered. */
final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    /** RFC 3339 can write no later one; a token may say what it likes. */
    private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private final LiveClients clients;
    private final String requestId;
    private final Line line;
    private final Map<AgentId, AgentSubscriber> subscribers = new ConcurrentHashMap<>(2);
    private volatile @Nullable Principal principal;
    private @Nullable Lease lease; // guarded by this
    private volatile boolean over;

    /** The way to the client. */
    interface Line extends Outlet {
        /** Sends an answer. */
        void answer(ServerMessage message);

        /** Ends the connection behind what was sent. */
        void close(CloseCode code, String reason);
    }

    Conversation(LiveClients clients, String requestId, Line line) {
        this.clients = clients;
        this.requestId = requestId;
        this.line = line;
    }

    /** Null before the client said who it is. */
    @Nullable Principal principal() {
        return principal;
    }

    /**
     * Takes the place of someone who is known already.
     *
     * @throws Refusal.TooMany if there is none left
     */
    void enter(Principal known) {
        Lease taken = clients.streams().connect(known);
        synchronized (this) {
            if (!over) {
                lease = taken;
                principal = known;
                return;
            }
        }
        taken.close();
    }

    /** Takes one whole message of the client's; may wait for the storage. */
    void take(String text) {
        try {
            switch (ClientMessage.parse(text)) {
                case ClientMessage.Subscribe subscribe -> subscribe(subscribe);
                case ClientMessage.Unsubscribe unsubscribe -> unsubscribe(unsubscribe);
                case ClientMessage.Refresh refresh -> refresh(refresh);
            }
        } catch (ProblemException bad) {
            line.close(CloseCode.BAD_MESSAGE, reason(bad.problem()));
        } catch (Refusal.NotAuthenticated unknown) {
            line.close(CloseCode.UNAUTHENTICATED, String.valueOf(unknown.getMessage()));
        } catch (Refusal refused) {
            line.close(CloseCode.TRY_AGAIN_LATER, String.valueOf(refused.getMessage()));
        } catch (RuntimeException fault) {
            LOG.error("A message on a stream could not be handled", fault);
            line.close(CloseCode.FAULT, "The message could not be handled.");
        }
    }

    private static String reason(Problem problem) {
        if (problem.mistakes().isEmpty()) {
            return problem.detail();
        }
        Mistake first = problem.mistakes().getFirst();
        return (first.name() + " " + first.message()).trim();
    }

    private void subscribe(ClientMessage.Subscribe message) {
        if (message.token() != null) {
            identify(message.token());
        }
        Caller caller = caller();
        message.agents().forEach((agent, after) -> {
            if (!over) {
                subscribe(caller, agent, after, message);
            }
        });
    }

    private void subscribe(Caller caller, AgentId agent, @Nullable Long after, ClientMessage.Subscribe message) {
        if (subscribers.containsKey(agent)) {
            error(agent, ServerMessage.Refused.ALREADY_SUBSCRIBED, "This connection watches the agent already.");
            return;
        }
        if (subscribers.size() >= ClientMessage.MOST_AGENTS) {
            error(
                    agent,
                    ProblemType.TOO_MANY.code(),
                    "A connection watches at most " + ClientMessage.MOST_AGENTS + " agents.");
            return;
        }
        AgentSubscriber subscriber = new AgentSubscriber(line, MessageNotation.INSTANCE, agent, message.types());
        subscribers.put(agent, subscriber);
        try {
            subscriber.begun(clients.streams().subscribe(caller, agent, after, message.types(), subscriber));
            if (over) {
                subscriber.close();
            }
        } catch (Refusal refused) {
            subscribers.remove(agent, subscriber);
            error(agent, refused);
        }
    }

    private void unsubscribe(ClientMessage.Unsubscribe message) {
        caller();
        for (AgentId agent : message.agents()) {
            AgentSubscriber subscriber = subscribers.remove(agent);
            if (subscriber != null) {
                subscriber.close();
            }
            line.answer(new ServerMessage.Unsubscribed(agent.value()));
        }
    }

    private void refresh(ClientMessage.Refresh message) {
        try {
            identify(message.token());
        } catch (Refusal.Unavailable away) {
            if (principal == null) {
                throw away;
            }
            line.answer(new ServerMessage.Refused(
                    null, ProblemType.UNAVAILABLE.code(), "The token could not be checked. Send it again."));
            return;
        }
        Instant until = caller().principal().expiresAt();
        line.answer(new ServerMessage.Refreshed(until.isBefore(LAST_TIME) ? until : LAST_TIME));
    }

    /** @throws Refusal if the token is not good, or there is no place for its user */
    private void identify(String token) {
        Principal before = principal;
        Principal now = clients.authenticate(token);
        if (before == null) {
            enter(now);
            return;
        }
        if (!now.subject().equals(before.subject()) || !now.organization().equals(before.organization())) {
            // As if it were not theirs: which subscriptions would be whose?
            throw new Refusal.NotAuthenticated(Refusal.NotAuthenticated.Reason.INVALID);
        }
        principal = now;
        checkAgain(new Caller(now, requestId));
    }

    private void checkAgain(Caller caller) {
        for (AgentSubscriber subscriber : subscribers.values()) {
            try {
                clients.streams().check(caller, subscriber.agent());
                subscriber.turnTo(caller);
            } catch (Refusal.Unavailable away) {
                // What they saw a minute ago: it is asked again at the next refresh.
            } catch (Refusal lost) {
                subscriber.close();
                ended(subscriber, lost);
            }
        }
    }

    /** @throws Refusal.NotAuthenticated if the client never said who it is */
    private Caller caller() {
        Principal known = principal;
        if (known == null) {
            throw new Refusal.NotAuthenticated(Refusal.NotAuthenticated.Reason.MISSING);
        }
        return new Caller(known, requestId);
    }

    /** A subscription has ended by itself. */
    void ended(AgentSubscriber subscriber, Refusal why) {
        if (over || !subscribers.remove(subscriber.agent(), subscriber)) {
            return;
        }
        error(subscriber.agent(), why);
        boolean lost = why instanceof Refusal.NotFound || why instanceof Refusal.NotAllowed;
        if (lost && subscribers.isEmpty()) {
            line.close(CloseCode.NOT_ALLOWED, "There is nothing left that you may watch.");
        }
    }

    private void error(AgentId agent, Refusal refusal) {
        Problems.of(refusal).ifPresent(problem -> error(agent, problem.type().code(), problem.detail()));
    }

    private void error(AgentId agent, String code, String message) {
        line.answer(new ServerMessage.Refused(agent.value(), code, message));
    }

    /** Looks at what is due. */
    void tick(long nanoTime, Instant now, long ageNanos) {
        Principal known = principal;
        if (known == null) {
            if (ageNanos > clients.configuration().authentication().toNanos()) {
                line.close(CloseCode.UNAUTHENTICATED, "No token came in time.");
            }
        } else if (!now.isBefore(known.expiresAt())) {
            line.close(CloseCode.UNAUTHENTICATED, "The token has expired.");
        }
        for (AgentSubscriber subscriber : subscribers.values()) {
            if (subscriber.isFiltered()) {
                subscriber.tick(nanoTime);
            }
        }
    }

    /** Ends every subscription and gives its place back. Idempotent. */
    void end() {
        Lease held;
        synchronized (this) {
            over = true;
            held = lease;
            lease = null;
        }
        subscribers.values().forEach(AgentSubscriber::close);
        if (held != null) {
            held.close();
        }
    }
}
