package xyz.graphyn.bootstrap.configuration;

/** How a line of the log is written. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** One JSON object to a line, for collectors. */
    JSON
}
