/**
 * What Graphyn keeps on Redis 7 and 8, one server or a cluster. PostgreSQL is the truth and Redis the fast path: nothing
 * here is lost for good when Redis is, and no request waits for it longer than the command timeout. Commands are refused at
 * once while the connection is away, rather than queued. Nothing in the packages below is for anybody else: their classes
 * are public only so that {@link xyz.graphyn.adapter.redis.RedisAdapter} may make them.
 *
 * <table>
 * <caption>Every key and channel</caption>
 * <tr><th>name</th><th>what</th><th>bound</th></tr>
 * <tr><td>{@code graphyn:live:{organization/agent}:epoch:kept}</td>
 * <td>stream: the agent's last events, always a run without a hole. The id is {@code seq-0}; {@code event} is the event
 * ({@code EventCodec}), {@code to} how many bytes of events came up to and with it since the stream began</td>
 * <td>1,000 events and 4 MiB, older ones go; 10 minutes after the last event, the key expires</td></tr>
 * <tr><td>{@code graphyn:live:{organization/agent}:epoch}</td>
 * <td>sharded channel (an ordinary one where the server has no other): each run as a message or several, or the news that an
 * event was too large</td><td>256 KiB a message</td></tr>
 * </table>
 *
 * <p>Braces are the hash tag: what belongs to one agent lies on one node, so that one script may write and publish. The
 * epoch names the history that a {@code seq} belongs to; it is made with the database and changes when the database is
 * brought back to an earlier state. What is kept or published of another epoch is never looked at, and expires.
 *
 * <p>The figures are those of {@link xyz.graphyn.adapter.redis.stream.LiveLimits#USUAL}.
 */
@NullMarked
package xyz.graphyn.adapter.redis;

import org.jspecify.annotations.NullMarked;
