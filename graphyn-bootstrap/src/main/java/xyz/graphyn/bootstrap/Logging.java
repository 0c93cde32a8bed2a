package xyz.graphyn.bootstrap;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.Map;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.LoggerFactory;
import xyz.graphyn.bootstrap.configuration.LogFormat;
import xyz.graphyn.bootstrap.configuration.LogLevel;
import xyz.graphyn.bootstrap.configuration.SettingValues;
import xyz.graphyn.bootstrap.configuration.Settings;

/**
 * Writes the log to standard error in UTC. Libraries speak up from warnings on, whatever the level, and those that report
 * a lost connection at every attempt only from errors on.
 */
final class Logging {
    /**
     * In a text line, characters that no eye sees become question marks: what a client sent can't begin a line of its
     * own, colour the terminal or turn the direction of the text.
     */
    private static final String PATTERN = "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\",UTC} %-5level %logger{0} "
            + "%replace(%msg%replace( %kvp){'^ $',''}%replace( %mdc){'^ $',''}){'[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\t]]','?'}"
            + "%n%ex";

    private static final Map<String, Level> NOISY = Map.of(
            "io.lettuce.core.protocol", Level.ERROR,
            "io.zonky.test", Level.ERROR,
            "org.flywaydb", Level.WARN,
            "com.zaxxer.hikari", Level.WARN);

    private Logging() {}

    static void configure(SettingValues values) {
        configure(values.get(Settings.LOG_FORMAT), values.get(Settings.LOG_LEVEL));
    }

    private static void configure(LogFormat format, LogLevel level) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Encoder<ILoggingEvent> encoder = switch (format) {
            case TEXT -> text(context);
            case JSON -> json(context);
        };
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        Level own = Level.valueOf(level.name());
        root.setLevel(own.isGreaterOrEqual(Level.WARN) ? own : Level.WARN);
        context.getLogger("xyz.graphyn").setLevel(own);
        NOISY.forEach((name, least) -> context.getLogger(name).setLevel(least));
    }

    static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        LogstashEncoder encoder = new LogstashEncoder();
        encoder.setContext(context);
        encoder.setTimeZone("UTC");
        encoder.start();
        return encoder;
    }
}
