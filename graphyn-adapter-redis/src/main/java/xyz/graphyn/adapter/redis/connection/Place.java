package xyz.graphyn.adapter.redis.connection;

import io.lettuce.core.RedisURI;

/** Where a server listens. */
public record Place(String host, int port) {
    static Place of(RedisURI uri) {
        return new Place(uri.getHost(), uri.getPort());
    }
}
