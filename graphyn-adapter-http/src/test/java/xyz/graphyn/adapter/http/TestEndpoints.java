package xyz.graphyn.adapter.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.endpoint.Answer;
import xyz.graphyn.adapter.http.endpoint.BodySize;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.JsonBody;
import xyz.graphyn.adapter.http.endpoint.PathId;
import xyz.graphyn.adapter.http.endpoint.Permission;
import xyz.graphyn.adapter.http.endpoint.QueryParameter;
import xyz.graphyn.adapter.http.endpoint.Reply;
import xyz.graphyn.adapter.http.endpoint.Request;
import xyz.graphyn.adapter.http.json.JsonItems;
import xyz.graphyn.adapter.http.paging.Pagination;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.validation.Invalid;

/** A small table that does one thing of each kind. */
final class TestEndpoints {
    static final UUID AGENT = UUID.fromString("01935c3e-9a70-7c4b-8f5e-2f6f0c7d1b3a");

    static final int MAX_THINGS = 100;

    private static final PathId THING_ID = new PathId("thingId", "thing", "The thing.", AGENT);
    private static final PathId AGENT_ID = new PathId("agentId", "agent", "The agent.", AGENT);
    private static final QueryParameter<Optional<String>> Q = QueryParameter.text("q", 10, "A word.", "ada");
    private static final QueryParameter<Set<String>> TYPE = QueryParameter.texts("type", 10, 3, "Types.", "message");
    private static final QueryParameter<Optional<Instant>> FROM =
            QueryParameter.time("from", "From then on.", "2026-05-08T13:56:00Z");
    private static final JsonBody<Thing> THING =
            JsonBody.of(Thing.class, BodySize.SMALL, "{\"name\":\"a thing\",\"payload\":{\"any\":\"thing\"}}");
    private static final JsonBody<List<Thing>> THINGS = JsonBody.list(
                    Things.class,
                    new JsonItems<>("things", Thing.class, thing -> thing, MAX_THINGS, BodySize.BATCH.maxKeys()),
                    "{\"things\":[{\"name\":\"a thing\"}]}")
            .orLines();

    private static final int MOST_MADE = 10;

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger fetched = new AtomicInteger();
    private final CountDownLatch slowEntered = new CountDownLatch(1);
    private final CountDownLatch slowMayLeave = new CountDownLatch(1);

    record Thing(
            String name, @Nullable Integer size, @Nullable Json payload) {}

    record Things(List<Thing> things) {}

    record ThingPage(List<String> items, @Nullable String nextCursor) {}

    record Made(int number) {}

    record Word(String word) {}

    List<Endpoint> all() {
        Endpoint fetch = Endpoint.get("/made/{thingId}", "getOneThing")
                .permission(Permission.signedIn())
                .documented("Things", "Get a thing", "One of them.")
                .reply(Reply.json(200, "The thing.", new Made(1)))
                .ids(THING_ID)
                .handledBy(this::fetch);
        return List.of(
                fetch,
                endpoint("/open", Permission.open()).handledBy(request -> word("open")),
                Endpoint.get("/things", "listThings")
                        .permission(Permission.signedIn())
                        .documented("Things", "List things", "All of them.")
                        .reply(Reply.json(200, "A page.", new ThingPage(List.of("0"), null)))
                        .query(Q, TYPE, FROM)
                        .paged()
                        .handledBy(TestEndpoints::list),
                Endpoint.post("/things", "makeThing")
                        .permission(Permission.createAgents())
                        .documented("Things", "Make a thing", "Makes one.")
                        .reply(Reply.created("The thing.", new Made(1)))
                        .idempotent(fetch)
                        .body(THING)
                        .handledBy(this::make),
                Endpoint.post("/things/batch", "makeThings")
                        .permission(Permission.signedIn())
                        .documented("Things", "Make things", "Makes many.")
                        .reply(Reply.json(200, "How many.", new Made(1)))
                        .body(THINGS)
                        .handledBy((request, things) -> Answer.json(200, new Made(things.size()))),
                Endpoint.get("/agents/{agentId}/thing", "getThing")
                        .permission(Permission.onAgent(AgentPermission.READ))
                        .documented("Things", "An agent's thing", "Its id.")
                        .reply(Reply.json(200, "The id.", new Word("id")))
                        .ids(AGENT_ID)
                        .handledBy(request -> word(request.id(AGENT_ID).toString())),
                Endpoint.delete("/agents/{agentId}/thing", "removeThing")
                        .permission(Permission.onAgent(AgentPermission.MANAGE))
                        .documented("Things", "Remove an agent's thing", "It goes.")
                        .reply(Reply.noContent("Gone."))
                        .ids(AGENT_ID)
                        .handledBy(request -> Answer.noContent()),
                endpoint("/fault", Permission.signedIn()).handledBy(request -> {
                    throw new IllegalArgumentException("select s3cret from users");
                }),
                endpoint("/overflow", Permission.signedIn()).handledBy(request -> word("" + overflow(1))),
                endpoint("/busy", Permission.signedIn()).handledBy(request -> {
                    throw new Refusal.Unavailable("Too busy.", java.time.Duration.ofMillis(2_500));
                }),
                endpoint("/invalid", Permission.signedIn()).handledBy(request -> {
                    throw new Invalid("/events/3/type", "too-long", "must be shorter");
                }),
                endpoint("/slow", Permission.signedIn()).handledBy(request -> {
                    slowEntered.countDown();
                    await(slowMayLeave);
                    return word("slow");
                }),
                endpoint("/tagged", Permission.open())
                        .handledBy(
                                request -> word("tagged").with("ETag", "\"v1\"").with("Cache-Control", "no-cache")));
    }

    int made() {
        return made.get();
    }

    void awaitSlow() {
        await(slowEntered);
    }

    void letSlowLeave() {
        slowMayLeave.countDown();
    }

    private static Endpoint.Draft endpoint(String path, Permission permission) {
        return Endpoint.get(path, "get" + path.replace('/', '_'))
                .permission(permission)
                .documented("Things", path, "For tests.")
                .reply(Reply.json(200, "A word.", new Word("word")));
    }

    private static Answer word(String word) {
        return Answer.json(200, new Word(word));
    }

    private Answer make(Request request, Thing thing) {
        int number = made.incrementAndGet();
        return Answer.created(location(number), new Made(number));
    }

    static String location(int number) {
        return "/made/" + new UUID(0x7000, number);
    }

    /** The last thing is gone as soon as there are {@link #MOST_MADE}. */
    private Answer fetch(Request request) {
        if (made.get() >= MOST_MADE) {
            throw new Refusal.NotFound("thing");
        }
        fetched.incrementAndGet();
        return Answer.json(200, new Made((int) request.id(THING_ID).getLeastSignificantBits()))
                .with("Graphyn-Masked", Integer.toString(fetched.get()));
    }

    private static Answer list(Request request) {
        Pagination pagination = request.page();
        int start = pagination.position(Integer::valueOf).map(last -> last + 1).orElse(0);
        Page<Integer> page = Page.of(
                IntStream.range(start, Math.min(10, start + pagination.limit() + 1))
                        .boxed()
                        .toList(),
                pagination.limit());
        return Answer.json(
                200,
                new ThingPage(
                        page.items().stream().map(String::valueOf).toList(), pagination.next(page, String::valueOf)));
    }

    @SuppressWarnings("InfiniteRecursion") // that is its task
    private static int overflow(int n) {
        return overflow(n + 1) + 1;
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited in vain");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
