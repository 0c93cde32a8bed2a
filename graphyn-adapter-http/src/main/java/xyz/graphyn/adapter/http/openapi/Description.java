package xyz.graphyn.adapter.http.openapi;

/** What is said before the first endpoint. */
final class Description {
    static final String TEXT = """
            Graphyn keeps what AI agents do as events and what they remember as nodes.

            - **Tokens.** Send `Authorization: Bearer …` with every request. What belongs to another organization answers \
            404, like what does not exist.
            - **JSON.** Unknown members, members that are there twice and values of another type are refused, each by its \
            place. Objects of your own (`payload`, `properties`, `metadata`) come back exactly as you wrote them.
            - **Times** are RFC 3339 with an offset; answers give them in UTC.
            - **Lists** come in pages: `limit` says how long, `nextCursor` of one page is the `cursor` of the next, null \
            says that it was the last.
            - **Errors** are problems (RFC 9457), `application/problem+json`. Programs branch on `code`.
            - **Sending again.** What has an `externalId` is stored once however often it is sent. Other POSTs take an \
            `Idempotency-Key`.
            - **Live.** `GET /stream` is a WebSocket for many agents, `GET /agents/{agentId}/events/stream` server-sent events \
            for one. Both resume behind any `seq`.
            - **Requests** have an id: send one as `X-Request-Id`, or take ours from the answer; the server's log and the \
            audit trail name it.
            """;

    private Description() {}
}
