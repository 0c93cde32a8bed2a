package xyz.graphyn.bootstrap.dev;

import java.io.IOException;
import xyz.graphyn.adapter.redis.RedisConfiguration;
import xyz.graphyn.bootstrap.configuration.ServerConfiguration.Database;

/** The PostgreSQL and the Redis of a data folder, running. */
public final class DevelopmentEngines implements AutoCloseable {
    private final PostgresEngine postgres;
    private final RedisEngine redis;

    private DevelopmentEngines(PostgresEngine postgres, RedisEngine redis) {
        this.postgres = postgres;
        this.redis = redis;
    }

    /**
     * Starts both, or neither. The first start takes some seconds more, to make the database.
     *
     * @param poolSize how many connections a server will hold
     * @throws DevelopmentException when one doesn't start, with the end of its log
     */
    public static DevelopmentEngines start(DataFolder home, int poolSize)
            throws DevelopmentException, InterruptedException {
        try {
            RedisEngine redis = RedisEngine.start(home);
            try {
                return new DevelopmentEngines(PostgresEngine.start(home, poolSize), redis);
            } catch (DevelopmentException | IOException | RuntimeException e) {
                try {
                    redis.close();
                } catch (DevelopmentException again) {
                    e.addSuppressed(again);
                }
                throw e;
            }
        } catch (IOException e) {
            throw new DevelopmentException("The data folder " + home.path() + " can't be used: " + e.getMessage(), e);
        }
    }

    /** The database {@code graphyn}, with the role that owns it and the role that the server works as. */
    public Database database() {
        return postgres.database();
    }

    public RedisConfiguration redis() {
        return redis.configuration();
    }

    long postgresPid() {
        return postgres.pid();
    }

    long redisPid() {
        return redis.pid();
    }

    /** Stops both and waits for their end. */
    @Override
    public void close() throws DevelopmentException, IOException {
        try {
            postgres.close();
        } finally {
            redis.close();
        }
    }
}
