package xyz.graphyn.application.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.event.CommitListener;
import xyz.graphyn.application.event.EventHeads;
import xyz.graphyn.application.event.EventHeads.Heads;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.application.event.EventStore;
import xyz.graphyn.application.failure.Failure;
import xyz.graphyn.application.failure.FailureRecorder;
import xyz.graphyn.application.masking.StreamDisclosures;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.access.Principal;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;

/**
 * Watching agents live. Each subscriber gets every event of its agent behind the one it names, once and in the order of
 * {@code seq}: first what is stored, then what comes, without a seam. Events of this server come straight from the appender,
 * those of others by the {@link LiveChannel}; what neither brings is found within about a second, because the heads of all
 * watched agents are looked at.
 *
 * <p>While the store is away, nothing is refused that was begun: subscriptions wait, and go on where they stood.
 */
public final class Streams implements CommitListener, AutoCloseable {
    /** A feed stays this long after its last subscriber has left, for those who come right back. */
    private static final Duration LINGERING = Duration.ofSeconds(10);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final AgentGate gate;
    private final EventHeads heads;
    private final LiveChannel channel;
    private final StreamDisclosures disclosures;
    private final FailureRecorder failures;
    private final Connections connections;
    private final LogReader log;
    private final ExecutorService senders;
    private final ScheduledThreadPoolExecutor timer;
    private final HeadWatch headWatch;
    private final Around around = new Around();
    private final Map<AgentKey, Watched> watched = new ConcurrentHashMap<>();
    private volatile String epoch = "";
    private volatile boolean closed;

    /**
     * How much may be done at one time.
     *
     * @param perUser connections of one user on this server, from 1
     * @param perOrganization connections of one organization on this server, from 1
     * @param reads pages of replays that are read from the store at one time, from 1
     */
    public record Limits(int perUser, int perOrganization, int reads) {
        public Limits {
            if (perUser < 1 || perOrganization < 1 || reads < 1) {
                throw new IllegalArgumentException("limits must be positive");
            }
        }
    }

    public Streams(
            AgentGate gate,
            EventStore events,
            EventHeads heads,
            LiveChannel channel,
            StreamDisclosures disclosures,
            FailureRecorder failures,
            Limits limits) {
        this.gate = gate;
        this.heads = heads;
        this.channel = channel;
        this.disclosures = disclosures;
        this.failures = failures;
        this.connections = new Connections(limits.perUser(), limits.perOrganization());
        this.log = new LogReader(events, heads, channel, limits.reads());
        this.senders = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().daemon().name("stream-", 1).factory());
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("stream-timer").factory());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.headWatch = new HeadWatch(heads, this::feeds, this::looked);
    }

    /**
     * Begins to watch for what other servers record.
     *
     * @throws Refusal.Unavailable if the store is away
     */
    public Streams start() {
        enter(heads.read(Set.of()).epoch());
        headWatch.start();
        return this;
    }

    /** An agent that is watched, and by how many. */
    private static final class Watched {
        private final Feed feed;
        private final LiveChannel.Watch watch;

        // Both of the map's entry: only looked at and changed while it is computed.
        private int seats;
        private long leftAt;

        Watched(Feed feed, LiveChannel.Watch watch) {
            this.feed = feed;
            this.watch = watch;
        }
    }

    /**
     * Takes a place for one connection.
     *
     * @throws Refusal.TooMany if the user or the organization has as many as they may
     */
    public Lease connect(Principal principal) {
        return connections.connect(principal);
    }

    /**
     * Asks whether the caller may watch an agent; for subscriptions that are open, when what the caller may do has changed.
     *
     * @throws Refusal if not
     */
    public void check(Caller caller, AgentId agent) {
        gate.require(caller, agent, AgentPermission.READ);
    }

    /**
     * Watches an agent. May wait for the store, but not for the replay. Not to be called by a subscriber while it is told
     * something.
     *
     * @param after tells of every event above this; null for those only that are still to come
     * @param types those that the subscriber passes on, so that the audit trail tells of no others; empty for all
     * @throws Refusal if the caller may not read the agent
     * @throws Refusal.Ahead if the agent has no event {@code after} yet
     * @throws Refusal.Unavailable if the store is away
     */
    public Subscription subscribe(
            Caller caller, AgentId agent, @Nullable Long after, Set<String> types, Subscriber subscriber) {
        AgentKey key = gate.require(caller, agent, AgentPermission.READ);
        Watched place = takeSeat(key);
        Screen screen = new Screen(caller, agent, types, subscriber, disclosures, around::aside);
        Seat seat = new Seat(
                place.feed, after == null ? Seat.ONLY_NEW : after, screen, around, () -> leaveSeat(place, key));
        boolean seated = false;
        try {
            awaitOpen(place.feed);
            long head = after == null ? place.feed.position() : headAtLeast(place.feed, after);
            if (!place.feed.join(seat).join()) {
                seat.begin(seat.position(), head);
                around.aside(new Replay(seat, place.feed, around));
            }
            seated = true;
            return seat;
        } finally {
            if (!seated) {
                seat.close();
            }
        }
    }

    /** The head as it is known here, or as it is in the store if the subscriber knows more. */
    private long headAtLeast(Feed feed, long after) {
        if (after <= feed.position()) {
            return feed.position();
        }
        Long head = heads.read(Set.of(feed.agent())).seqs().get(feed.agent());
        if (head == null) {
            throw new Refusal.NotFound("agent");
        }
        if (after > head) {
            throw new Refusal.Ahead(head);
        }
        feed.head(head);
        return head;
    }

    private static void awaitOpen(Feed feed) {
        try {
            feed.opened().join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof Refusal refusal ? refusal : failure;
        }
    }

    @Override
    public void recorded(EventRun run) {
        Watched here = watched.get(run.agent());
        if (here != null) {
            here.feed.received(run);
        }
        channel.publish(run);
    }

    private Watched takeSeat(AgentKey agent) {
        Watched place = watched.compute(agent, (key, there) -> {
            Watched here = there == null ? open(key) : there;
            here.seats++;
            return here;
        });
        if (closed) {
            leaveSeat(place, agent);
            throw new Refusal.Unavailable("The server is stopping.", RETRY_AFTER);
        }
        return place;
    }

    private Watched open(AgentKey agent) {
        Feed feed = new Feed(agent, around);
        // Watched before the head is read, so that what comes in between is not missed.
        Watched here = new Watched(feed, channel.watch(agent, feed));
        around.aside(() -> open(feed));
        return here;
    }

    private void open(Feed feed) {
        try {
            Long head = heads.read(Set.of(feed.agent())).seqs().get(feed.agent());
            if (head == null) {
                discard(feed, new Refusal.NotFound("agent"));
            } else {
                feed.head(head);
            }
        } catch (Refusal refusal) {
            discard(feed, refusal);
        } catch (RuntimeException fault) {
            discard(feed, new Refusal.Unavailable("The agent's events can't be read at the moment.", RETRY_AFTER));
            throw fault;
        }
    }

    private void leaveSeat(Watched place, AgentKey agent) {
        watched.computeIfPresent(agent, (key, there) -> {
            place.seats--;
            place.leftAt = System.nanoTime();
            return there;
        });
    }

    /** Ends a feed with all who sit in it. */
    private void discard(Feed feed, Refusal why) {
        watched.computeIfPresent(feed.agent(), (key, there) -> {
            if (there.feed != feed) {
                return there;
            }
            there.watch.close();
            return null;
        });
        feed.end(why);
    }

    private Collection<Feed> feeds() {
        long now = System.nanoTime();
        watched.keySet()
                .forEach(agent -> watched.computeIfPresent(agent, (key, there) -> {
                    if (there.seats > 0 || now - there.leftAt < LINGERING.toNanos()) {
                        return there;
                    }
                    there.watch.close();
                    return null;
                }));
        return watched.values().stream().map(there -> there.feed).toList();
    }

    private void looked(Collection<Feed> feeds, Heads read) {
        if (!read.epoch().equals(epoch)) {
            enter(read.epoch());
            return;
        }
        for (Feed feed : feeds) {
            Long head = read.seqs().get(feed.agent());
            if (head == null) {
                discard(feed, new Refusal.NotFound("agent"));
            } else {
                feed.head(head);
            }
        }
    }

    /** What was said of the old history may hold no more: nobody is led on from it to another one without being told. */
    private void enter(String next) {
        epoch = next;
        channel.enter(next);
        log.forget();
        for (Watched there : List.copyOf(watched.values())) {
            discard(there.feed, Refusal.Ahead.ofAnotherHistory());
        }
    }

    /** Ends every subscription, and watches no more. */
    @Override
    public void close() {
        closed = true;
        headWatch.close();
        for (Watched there : List.copyOf(watched.values())) {
            discard(there.feed, new Refusal.Unavailable("The server is stopping.", RETRY_AFTER));
        }
        timer.shutdownNow();
        senders.shutdown();
        try {
            if (!senders.awaitTermination(5, TimeUnit.SECONDS)) {
                senders.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Around implements Feed.Neighbours {
        @Override
        public void execute(Runnable drain) {
            try {
                senders.execute(drain);
            } catch (RejectedExecutionException stopped) {
                drain.run(); // nobody listens any more, but somebody may wait for the answer
            }
        }

        @Override
        public void later(Duration delay, Runnable task) {
            try {
                var unused = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException stopped) {
                // Nobody listens any more.
            }
        }

        @Override
        public void aside(Runnable task) {
            Thread.ofVirtual().name("stream-aside").start(task);
        }

        @Override
        public LogReader log() {
            return log;
        }

        @Override
        public void look(Feed feed) {
            headWatch.look(feed);
        }

        @Override
        public void failed(Failure.Kind kind, AgentKey agent, long seq, String detail) {
            failures.record(new Failure(kind, agent.organization(), agent.agent(), null, seq, detail));
        }
    }
}
