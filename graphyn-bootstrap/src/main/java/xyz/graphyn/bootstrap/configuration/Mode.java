package xyz.graphyn.bootstrap.configuration;

/** What the process is started for, which decides what it must be told. */
public enum Mode {
    /** Listing the configuration, minting a token, importing: nothing is required. */
    TOOL,
    /** A server with its own PostgreSQL and Redis, which fills in what they need. */
    DEV,
    /** A server on a PostgreSQL and a Redis that are there already. */
    SERVE,
    /** Bringing the database to this version, and ending. */
    MIGRATE
}
