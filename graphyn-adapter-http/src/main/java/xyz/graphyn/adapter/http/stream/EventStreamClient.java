package xyz.graphyn.adapter.http.stream;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.endpoint.StreamedBody;
import xyz.graphyn.adapter.http.problem.Problems;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.stream.Lease;
import xyz.graphyn.domain.agent.AgentId;

/** One event stream: what is offered by others is written by the thread of its request. */
final class EventStreamClient implements StreamedBody, Outlet, LiveClients.Client {
    private static final int MOST_AT_ONCE = 64 * 1_024;
    private static final String GONE = "client";

    /** How long a client may take to read the last block, before the connection is cut. */
    private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LiveClients clients;
    private final Caller caller;
    private final Backlog backlog;
    private final AgentSubscriber subscriber;
    private final Lease lease;
    private final AtomicReference<@Nullable String> farewell = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final long startedNanos = System.nanoTime();
    private volatile long farewellAt;
    private volatile @Nullable Pipe pipe;
    private long events;

    private EventStreamClient(LiveClients clients, Caller caller, AgentId agent, Set<String> types, Lease lease) {
        this.clients = clients;
        this.caller = caller;
        this.lease = lease;
        this.backlog = new Backlog(clients.configuration().backlogBytes());
        this.subscriber = new AgentSubscriber(this, BlockNotation.INSTANCE, agent, types);
    }

    /** @throws Refusal like {@link xyz.graphyn.application.stream.Streams#connect} and {@code subscribe} */
    static EventStreamClient open(
            LiveClients clients, Caller caller, AgentId agent, @Nullable Long after, Set<String> types) {
        clients.checkOpen();
        EventStreamClient client = new EventStreamClient(
                clients, caller, agent, types, clients.streams().connect(caller.principal()));
        boolean begun = false;
        try {
            client.subscriber.begun(clients.streams().subscribe(caller, agent, after, types, client.subscriber));
            clients.add(client);
            begun = true;
            return client;
        } finally {
            if (!begun) {
                client.end();
            }
        }
    }

    @Override
    public void writeTo(Pipe to) throws IOException {
        pipe = to;
        try {
            while (writeNext(to)) {
                to.flush();
            }
            to.flush();
        } catch (IOException gone) {
            farewell.compareAndSet(null, GONE);
            throw gone;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether there will be more */
    private boolean writeNext(Pipe to) throws IOException, InterruptedException {
        List<Backlog.Entry> entries = backlog.awaitAndTake(
                MOST_AT_ONCE, clients.configuration().heartbeat().toNanos());
        for (Backlog.Entry entry : entries) {
            to.write(entry.chunk().bytes());
            events += entry.chunk().events();
        }
        if (!entries.isEmpty()) {
            backlog.written(entries);
            return true;
        }
        String last = farewell.get();
        to.write((last == null ? BlockNotation.HEARTBEAT : BlockNotation.end(last)).bytes());
        return last == null;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            end();
            String why = farewell.get();
            StreamLog.ended(
                    "sse", caller.requestId(), why == null ? GONE : why, events, startedNanos, caller.principal());
        }
    }

    private void end() {
        clients.remove(this);
        backlog.discard();
        subscriber.close();
        lease.close();
    }

    @Override
    public void send(List<Chunk> chunks, boolean promised, @Nullable AgentSubscriber from) {
        switch (backlog.offer(chunks, promised)) {
            case TAKEN, WAKE, CLOSED -> {}
            case TOO_MUCH -> tooSlow();
        }
    }

    @Override
    public boolean awaitRoom() throws InterruptedException {
        return backlog.awaitRoom();
    }

    @Override
    public void ended(AgentSubscriber of, Refusal why) {
        bid(Problems.of(why).map(problem -> problem.type().code()).orElse(CloseCode.FAULT.word()));
    }

    private void tooSlow() {
        if (bid(CloseCode.TOO_SLOW.word())) {
            backlog.discard();
            clients.recordSlow(caller.principal(), caller.requestId(), subscriber);
        }
    }

    /** Ends the stream behind what waits. */
    private boolean bid(String code) {
        if (!farewell.compareAndSet(null, code)) {
            return false;
        }
        farewellAt = System.nanoTime();
        backlog.close();
        return true;
    }

    @Override
    public void restart() {
        bid(CloseCode.RESTART.word());
    }

    @Override
    public void tick(long nanoTime, Instant now) {
        if (farewell.get() != null) {
            Pipe open = pipe;
            if (open != null && nanoTime - farewellAt > FAREWELL_NANOS) {
                open.abort();
            }
            return;
        }
        if (!now.isBefore(caller.principal().expiresAt())) {
            bid(CloseCode.UNAUTHENTICATED.word());
        } else if (backlog.stalledFor(clients.configuration().patience().toNanos())) {
            tooSlow();
        } else if (subscriber.isFiltered()) {
            subscriber.tick(nanoTime);
        }
    }
}
