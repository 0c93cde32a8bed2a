package xyz.graphyn.adapter.http;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.spec.SecretKeySpec;
import xyz.graphyn.adapter.http.identity.IdentityConfiguration;
import xyz.graphyn.adapter.http.identity.KeySource;
import xyz.graphyn.adapter.http.identity.SessionTokens;
import xyz.graphyn.application.access.SignIn;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.agent.AgentQueries;
import xyz.graphyn.application.agent.AgentQuery;
import xyz.graphyn.application.agent.AgentStore;
import xyz.graphyn.application.agent.ManageAgents;
import xyz.graphyn.application.append.AddedNode;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.append.EventBatch;
import xyz.graphyn.application.append.NodeBatch;
import xyz.graphyn.application.append.NodeChange;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.application.audit.AuditEntries;
import xyz.graphyn.application.event.EventQueries;
import xyz.graphyn.application.event.RecordEvents;
import xyz.graphyn.application.health.SystemHealth;
import xyz.graphyn.application.idempotency.IdempotentRequests;
import xyz.graphyn.application.identifier.IdGenerator;
import xyz.graphyn.application.memory.ManageNodes;
import xyz.graphyn.application.memory.NodeQueries;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.testkit.storage.InMemoryStorage;
import xyz.graphyn.testkit.storage.Storage;

/**
 * What a request costs between the socket and the appender, and back: the API with real session tokens, before stores that
 * answer at once. Started by hand; it says where it listens and with which token, and serves until its input ends. The
 * processor's time of this process, divided by the requests that a load generator counted, is the most repeatable figure.
 */
public final class RequestCost {
    private static final InstantSource CLOCK = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    private static final UUID AGENT = UUID.fromString("01935c3e-9a70-7c4b-8f5e-2f6f0c7d1b3a");

    private RequestCost() {}

    /** @param arguments the port */
    public static void main(String[] arguments) throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        KeyPair keys = generator.generateKeyPair();
        IdentityConfiguration identity = new IdentityConfiguration(
                "https://issuer.example.com",
                IdentityConfiguration.Format.CLERK,
                new KeySource.Pem(List.of((RSAPublicKey) keys.getPublic())),
                Set.of("https://app.example.com"),
                Set.of(),
                IdentityConfiguration.DEFAULT_ORGANIZATION_CLAIM,
                IdentityConfiguration.DEFAULT_ROLE_CLAIM,
                IdentityConfiguration.DEFAULT_ROLES,
                IdentityConfiguration.DEFAULT_CLOCK_SKEW);
        try (SessionTokens tokens = SessionTokens.open(identity, CLOCK);
                HttpServer server = server(tokens, Integer.parseInt(arguments[0]))) {
            server.start();
            System.out.println("http://127.0.0.1:" + server.port() + "/agents/" + AGENT + "/events");
            System.out.println(token(keys));
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static String token(KeyPair keys) {
        Instant now = CLOCK.instant();
        return JWT.create()
                .withIssuer("https://issuer.example.com")
                .withSubject("user_2abcdefghijklmnopqrstuvwxyz")
                .withClaim("azp", "https://app.example.com")
                .withClaim("sid", "sess_2abcdefghijklmnopqrstuvwxyz")
                .withIssuedAt(now)
                .withNotBefore(now)
                .withExpiresAt(now.plus(Duration.ofHours(2)))
                .sign(Algorithm.RSA256((RSAPublicKey) keys.getPublic(), (RSAPrivateKey) keys.getPrivate()));
    }

    private static HttpServer server(SessionTokens tokens, int port) {
        Storage storage = InMemoryStorage.create();
        IdGenerator ids = new Ids();
        AuditEntries entries = new AuditEntries(ids, CLOCK);
        AgentGate gate = new AgentGate(new AnyAgent());
        Appender appender = new AtOnce();
        Features features = new Features(
                new AgentQueries(storage.agents()),
                new ManageAgents(storage.agents(), storage.auditTrail(), entries, storage.unitOfWork(), ids, CLOCK),
                new EventQueries(gate, storage.events()),
                new RecordEvents(gate, appender, storage.events(), entries, ids, CLOCK),
                new NodeQueries(gate, storage.nodes()),
                new ManageNodes(gate, appender, storage.nodes(), entries, ids, CLOCK),
                new SystemHealth(List.of(), Duration.ofSeconds(1)));
        OrganizationId organization = new OrganizationId(new UUID(0x7000, 1));
        SignIn signIn = new SignIn(external -> organization);
        HttpConfiguration.Limits usual = HttpConfiguration.Limits.DEFAULT;
        HttpConfiguration configuration = new HttpConfiguration(
                "127.0.0.1",
                port,
                null,
                "0",
                new SecretKeySpec(new byte[HttpConfiguration.MIN_CURSOR_KEY_BYTES], "HmacSHA256"),
                new HttpConfiguration.Limits(
                        usual.headerBytes(),
                        usual.bodyBytes(),
                        usual.batchBytes(),
                        16L * usual.batchBytes(),
                        usual.connections(),
                        usual.headerTimeout(),
                        usual.bodyTimeout(),
                        usual.idleTimeout(),
                        Duration.ZERO));
        return HttpServer.of(
                configuration,
                features,
                token -> signIn.signIn(tokens.verify(token)),
                new IdempotentRequests(storage.idempotency(), storage.unitOfWork(), CLOCK),
                ids);
    }

    private static final class Ids implements IdGenerator {
        private final AtomicLong last = new AtomicLong();

        @Override
        public UUID next() {
            return new UUID(0x0197_a1d2_5b6c_7000L, 0x8000_0000_0000_0000L | last.incrementAndGet());
        }
    }

    private static final class AtOnce implements Appender {
        private final AtomicLong seq = new AtomicLong();

        @Override
        public List<RecordedEvent> recordEvents(EventBatch batch) {
            List<RecordedEvent> recorded = new ArrayList<>();
            for (EventBatch.NewEvent event : batch.events()) {
                recorded.add(new RecordedEvent(
                        event.id(), seq.incrementAndGet(), event.draft().externalId(), true));
            }
            return recorded;
        }

        @Override
        public List<AddedNode> addNodes(NodeBatch batch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Node> changeNode(NodeChange change) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean removeNode(AgentKey agent, NodeId node, AuditEntry audit) {
            throw new UnsupportedOperationException();
        }
    }

    /** Every agent is there. */
    private static final class AnyAgent implements AgentStore {
        @Override
        public Optional<String> creatorOf(AgentKey key) {
            return Optional.of("somebody");
        }

        @Override
        public void insert(Agent agent) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Agent> find(AgentKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Agent> findForChange(AgentKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Page<Agent> page(OrganizationId organization, AgentQuery query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void update(Agent agent) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean remove(AgentKey key) {
            throw new UnsupportedOperationException();
        }
    }
}
