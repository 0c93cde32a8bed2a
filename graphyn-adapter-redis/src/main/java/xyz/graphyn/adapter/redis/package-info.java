/**
 * What Graphyn keeps on Redis 7 and 8. PostgreSQL is the truth and Redis the fast path: nothing here is lost for good
 * when Redis is, and no request waits for it longer than the command timeout. Commands are refused at once while the
 * connection is away, rather than queued.
 *
 * <p>Keys: none yet. Each key is listed here with its type and its time to live.
 */
@NullMarked
package xyz.graphyn.adapter.redis;

import org.jspecify.annotations.NullMarked;
