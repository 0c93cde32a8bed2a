package xyz.graphyn.bootstrap.configuration;

/** From which weight on things are logged. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
}
