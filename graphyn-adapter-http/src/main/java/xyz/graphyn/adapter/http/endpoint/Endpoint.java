package xyz.graphyn.adapter.http.endpoint;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.paging.Cursors;
import xyz.graphyn.adapter.http.paging.Pagination;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemType;
import xyz.graphyn.application.paging.Page;

/**
 * One endpoint, with all that anybody needs to know of it. Declared step by step, {@code Endpoint.get("/agents", …)
 * .permission(…).documented(…).reply(…).handledBy(…)}: no step can be left out.
 */
public final class Endpoint {
    /** A page's length. */
    public static final QueryParameter<Integer> LIMIT = QueryParameter.integer(
            "limit", 1, Page.MAX_LIMIT, Page.DEFAULT_LIMIT, "How many items the answer may hold.", "20");
    /** A page's place in its list. */
    public static final QueryParameter<Optional<String>> CURSOR = QueryParameter.text(
            Pagination.CURSOR,
            Cursors.MAX_LENGTH,
            "The `nextCursor` of the page before, with the same filter. Left out for the first page.",
            "ATQx3bZzZ4wWteAfVXIiXCYEUw");

    private static final Pattern PATH_ID = Pattern.compile("\\{(\\w+)}");

    /** The methods of the API; HEAD and OPTIONS follow from these. */
    public enum Method {
        GET,
        POST,
        PATCH,
        DELETE
    }

    private final Method method;
    private final String path;
    private final String operationId;
    private final Permission permission;
    private final Documentation documentation;
    private final List<Reply> replies;
    private final List<PathId> ids;
    private final List<QueryParameter<?>> query;
    private final List<QueryParameter<?>> headers;
    private final Set<ProblemType> ownProblems;
    private final boolean paged;
    private final @Nullable Repetition repetition;
    private final boolean ownOriginsOnly;
    private final Action action;

    /** What is said of it in the reference, under which heading. */
    public record Documentation(String tag, String summary, String description) {}

    /** A handler with the body that it takes, so that the two always fit. */
    private sealed interface Action {
        record Bare(Handler handler) implements Action {}

        record OfBody<T>(JsonBody<T> body, Handler.OfBody<T> handler) implements Action {
            Received receive(InputStream in, String mediaType) {
                return body.receive(in, mediaType, handler);
            }
        }

        record Upgrade(SocketHandler sockets) implements Action {}
    }

    private Endpoint(Draft draft, Action action) {
        this.method = draft.method;
        this.path = draft.path;
        this.operationId = draft.operationId;
        this.permission = draft.permission;
        this.documentation = draft.documentation;
        this.replies = List.copyOf(draft.replies);
        this.ids = List.copyOf(draft.ids);
        this.query = List.copyOf(draft.query);
        this.headers = List.copyOf(draft.headers);
        this.ownProblems = draft.problems.isEmpty() ? Set.of() : EnumSet.copyOf(draft.problems);
        this.paged = draft.paged;
        this.repetition = draft.repetition;
        this.ownOriginsOnly = draft.ownOriginsOnly;
        this.action = action;
        check();
    }

    private void check() {
        Set<String> inPath = new TreeSet<>(PATH_ID.matcher(path)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList());
        Set<String> declared = new TreeSet<>(ids.stream().map(PathId::name).toList());
        if (!inPath.equals(declared)) {
            throw new IllegalStateException(this + " has the ids " + inPath + " but declares " + declared);
        }
        if (query.stream().map(QueryParameter::name).distinct().count() < query.size()) {
            throw new IllegalStateException(this + " declares a parameter twice");
        }
        if (permission instanceof Permission.OnAgent && !inPath.contains("agentId")) {
            throw new IllegalStateException(this + " has no agent on which to hold a permission");
        }
        if ((paged || idempotent()) && permission instanceof Permission.Open) {
            throw new IllegalStateException(this + " can't tell whose cursors and keys are whose");
        }
        if (idempotent() && body().filter(JsonBody::streamed).isPresent()) {
            throw new IllegalStateException(
                    this + " does not hold its body, by which its requests would be told apart");
        }
        if (idempotent() && !replies.stream().allMatch(Reply::located)) {
            throw new IllegalStateException(this + " does not say where to find what its repetition shall answer");
        }
    }

    public static Unpermitted get(String path, String operationId) {
        return new Unpermitted(Method.GET, path, operationId);
    }

    public static Unpermitted post(String path, String operationId) {
        return new Unpermitted(Method.POST, path, operationId);
    }

    public static Unpermitted patch(String path, String operationId) {
        return new Unpermitted(Method.PATCH, path, operationId);
    }

    public static Unpermitted delete(String path, String operationId) {
        return new Unpermitted(Method.DELETE, path, operationId);
    }

    public Method method() {
        return method;
    }

    /** A template: {@code /agents/{agentId}}. */
    public String path() {
        return path;
    }

    /** Names it in the reference and in generated clients; unique. */
    public String operationId() {
        return operationId;
    }

    public Permission permission() {
        return permission;
    }

    public Documentation documentation() {
        return documentation;
    }

    /** At least one. */
    public List<Reply> replies() {
        return replies;
    }

    public List<PathId> ids() {
        return ids;
    }

    /** Every parameter that may be in the query; any other is refused. */
    public List<QueryParameter<?>> query() {
        return query;
    }

    /** The headers that it reads beside those that every endpoint does; any other is passed over. */
    public List<QueryParameter<?>> headers() {
        return headers;
    }

    public boolean paged() {
        return paged;
    }

    /** Whether it takes an {@code Idempotency-Key}. */
    public boolean idempotent() {
        return repetition != null;
    }

    /** How a request under a key is answered when it was done before; empty if it takes no key. */
    public Optional<Repetition> repetition() {
        return Optional.ofNullable(repetition);
    }

    /** Whether pages of other origins than those that are allowed are refused, and not only kept from reading the answer. */
    public boolean ownOriginsOnly() {
        return ownOriginsOnly;
    }

    /** Who takes over a connection that changes to WebSocket here; empty where none can. */
    public Optional<SocketHandler> sockets() {
        return action instanceof Action.Upgrade upgrade ? Optional.of(upgrade.sockets()) : Optional.empty();
    }

    public Optional<JsonBody<?>> body() {
        return switch (action) {
            case Action.Bare bare -> Optional.empty();
            case Action.Upgrade upgrade -> Optional.empty();
            case Action.OfBody<?> ofBody -> Optional.of(ofBody.body());
        };
    }

    /**
     * Takes in the body.
     *
     * @param mediaType the one of the body's types that it was sent as
     * @throws xyz.graphyn.adapter.http.problem.ProblemException if it breaks a rule
     */
    public Received receive(InputStream in, String mediaType) {
        return switch (action) {
            case Action.Bare bare -> throw new IllegalStateException(this + " takes no body");
            case Action.Upgrade upgrade -> throw new IllegalStateException(this + " takes no body");
            case Action.OfBody<?> ofBody -> ofBody.receive(in, mediaType);
        };
    }

    /** @param body null if and only if it takes none */
    public Answer handle(Request request, @Nullable Received body) {
        return switch (action) {
            case Action.Bare bare -> bare.handler().handle(request);
            case Action.OfBody<?> ofBody ->
                requireNonNull(body, operationId).handler().handle(request);
            case Action.Upgrade upgrade ->
                throw Problem.of(
                                ProblemType.UPGRADE_REQUIRED, "Ask for an upgrade to WebSocket (RFC 6455), version 13.")
                        .with("Upgrade", "websocket")
                        .with("Connection", "Upgrade")
                        .with("Sec-WebSocket-Version", "13")
                        .thrown();
        };
    }

    /** The kinds of problem that it may answer with. */
    public Set<ProblemType> problems() {
        Set<ProblemType> problems = EnumSet.of(ProblemType.VALIDATION, ProblemType.NOT_ACCEPTABLE);
        problems.addAll(Set.of(ProblemType.INTERNAL, ProblemType.UNAVAILABLE));
        if (!(permission instanceof Permission.Open)) {
            problems.addAll(Set.of(ProblemType.UNAUTHENTICATED, ProblemType.NOT_ALLOWED));
        }
        if (!ids.isEmpty()) {
            problems.add(ProblemType.NOT_FOUND);
        }
        if (paged) {
            problems.add(ProblemType.INVALID_CURSOR);
        }
        if (body().isPresent()) {
            problems.addAll(Set.of(
                    ProblemType.MALFORMED_JSON,
                    ProblemType.REQUEST_TIMEOUT,
                    ProblemType.CONTENT_TOO_LARGE,
                    ProblemType.UNSUPPORTED_MEDIA_TYPE));
        }
        if (idempotent()) {
            problems.addAll(Set.of(ProblemType.CONFLICT, ProblemType.KEY_REUSED, ProblemType.NOT_FOUND));
        }
        problems.addAll(ownProblems);
        return Collections.unmodifiableSet(problems);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }

    /** Who may call it? */
    public static final class Unpermitted {
        private final Method method;
        private final String path;
        private final String operationId;

        private Unpermitted(Method method, String path, String operationId) {
            this.method = method;
            this.path = path;
            this.operationId = operationId;
        }

        public Undocumented permission(Permission permission) {
            return new Undocumented(this, permission);
        }
    }

    /** What is it for? */
    public static final class Undocumented {
        private final Unpermitted before;
        private final Permission permission;

        private Undocumented(Unpermitted before, Permission permission) {
            this.before = before;
            this.permission = permission;
        }

        /** @param description Markdown; more than the summary says */
        public Unanswered documented(String tag, String summary, String description) {
            return new Unanswered(before, permission, new Documentation(tag, summary, description));
        }
    }

    /** What does it answer? */
    public static final class Unanswered {
        private final Unpermitted before;
        private final Permission permission;
        private final Documentation documentation;

        private Unanswered(Unpermitted before, Permission permission, Documentation documentation) {
            this.before = before;
            this.permission = permission;
            this.documentation = documentation;
        }

        public Draft reply(Reply reply) {
            return new Draft(before, permission, documentation, reply);
        }
    }

    /** Has all that every endpoint needs but its handler. */
    public static final class Draft {
        private final Method method;
        private final String path;
        private final String operationId;
        private final Permission permission;
        private final Documentation documentation;
        private final List<Reply> replies = new ArrayList<>();
        private final List<PathId> ids = new ArrayList<>();
        private final List<QueryParameter<?>> query = new ArrayList<>();
        private final List<QueryParameter<?>> headers = new ArrayList<>();
        private final List<ProblemType> problems = new ArrayList<>();
        private boolean paged;
        private @Nullable Repetition repetition;
        private boolean ownOriginsOnly;

        private Draft(Unpermitted before, Permission permission, Documentation documentation, Reply reply) {
            this.method = before.method;
            this.path = before.path;
            this.operationId = before.operationId;
            this.permission = permission;
            this.documentation = documentation;
            this.replies.add(reply);
        }

        /** Another one of its answers. */
        public Draft reply(Reply reply) {
            replies.add(reply);
            return this;
        }

        public Draft ids(PathId... more) {
            ids.addAll(List.of(more));
            return this;
        }

        public Draft query(QueryParameter<?>... more) {
            query.addAll(List.of(more));
            return this;
        }

        /** Headers that are read like parameters of the query. */
        public Draft headers(QueryParameter<?>... more) {
            headers.addAll(List.of(more));
            return this;
        }

        /** Problems that it answers with beside those that follow from what it takes. */
        public Draft problems(ProblemType... more) {
            problems.addAll(List.of(more));
            return this;
        }

        /** Refuses pages of other origins than those that are allowed. */
        public Draft ownOriginsOnly() {
            ownOriginsOnly = true;
            return this;
        }

        /** Answers a list in pages: takes {@code limit} and {@code cursor}. */
        public Draft paged() {
            paged = true;
            return query(LIMIT, CURSOR);
        }

        /**
         * Takes an {@code Idempotency-Key}.
         *
         * @param fetch the endpoint at the {@code Location} of what it makes, by which a repetition is answered
         * @throws IllegalStateException if that endpoint needs more than the ids in its path
         */
        public Draft idempotent(Endpoint fetch) {
            repetition = new Repetition(fetch);
            return this;
        }

        public <T> DraftOfBody<T> body(JsonBody<T> body) {
            return new DraftOfBody<>(this, body);
        }

        public Endpoint handledBy(Handler handler) {
            return new Endpoint(this, new Action.Bare(handler));
        }

        /** Changes the connection to WebSocket; what doesn't ask for that is refused. */
        public Endpoint upgradedBy(SocketHandler sockets) {
            return new Endpoint(ownOriginsOnly(), new Action.Upgrade(sockets));
        }
    }

    /** The same for one that takes a body. */
    public static final class DraftOfBody<T> {
        private final Draft draft;
        private final JsonBody<T> body;

        private DraftOfBody(Draft draft, JsonBody<T> body) {
            this.draft = draft;
            this.body = body;
        }

        public Endpoint handledBy(Handler.OfBody<T> handler) {
            return new Endpoint(draft, new Action.OfBody<>(body, handler));
        }
    }
}
