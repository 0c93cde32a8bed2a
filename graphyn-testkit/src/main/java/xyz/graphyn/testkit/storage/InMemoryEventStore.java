package xyz.graphyn.testkit.storage;

import static java.util.Comparator.comparingLong;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import xyz.graphyn.application.event.EventQuery;
import xyz.graphyn.application.event.EventQuery.Order;
import xyz.graphyn.application.event.EventStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventId;

record InMemoryEventStore(InMemoryDatabase database) implements EventStore {
    private static final int PAGE_LENGTH = 8 << 20;

    @Override
    public Optional<Event> find(AgentKey agent, EventId id) {
        return database.read(tables ->
                events(tables, agent).filter(event -> event.id().equals(id)).findFirst());
    }

    @Override
    public Page<Event> page(AgentKey agent, EventQuery query) {
        Comparator<Event> ascending = comparingLong(Event::seq);
        List<Event> oneMore = database.read(tables -> events(tables, agent)
                .filter(event -> matches(event, query))
                .sorted(query.order() == Order.ASCENDING ? ascending : ascending.reversed())
                .limit(query.limit() + 1L)
                .toList());
        return Page.of(oneMore, query.limit());
    }

    /** Payloads of at most {@value #PAGE_LENGTH} characters together, or a single one. */
    @Override
    public List<Event> follow(AgentKey agent, long after, int limit) {
        long[] total = {0};
        return database.read(tables -> events(tables, agent)
                .filter(event -> event.seq() > after)
                .sorted(comparingLong(Event::seq))
                .limit(limit)
                .takeWhile(event -> {
                    int length = event.payload().text().length();
                    total[0] += length;
                    return total[0] == length || total[0] <= PAGE_LENGTH;
                })
                .toList());
    }

    private static Stream<Event> events(InMemoryDatabase.Tables tables, AgentKey agent) {
        return tables.events.getOrDefault(agent, List.of()).stream();
    }

    private static boolean matches(Event event, EventQuery query) {
        boolean behindPosition = query.position() == null
                || (query.order() == Order.ASCENDING ? event.seq() > query.position() : event.seq() < query.position());
        return behindPosition
                && event.seq() > query.after()
                && (query.types().isEmpty()
                        || (query.types().contains(event.type())
                                && Proof.holds(query.provenBy(), event.findings(), "/type")))
                && (query.sessionId() == null
                        || (query.sessionId().equals(event.sessionId())
                                && Proof.holds(query.provenBy(), event.findings(), "/sessionId")))
                && (query.from() == null || !event.occurredAt().isBefore(query.from()))
                && (query.to() == null || event.occurredAt().isBefore(query.to()));
    }
}
