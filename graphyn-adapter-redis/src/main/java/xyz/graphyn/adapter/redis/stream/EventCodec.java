package xyz.graphyn.adapter.redis.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.application.masking.FindingsCodec;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.RulesVersion;

/**
 * Events as bytes. Whose they are is told by the key or the channel, not by the bytes. All numbers are big-endian, all texts
 * UTF-8.
 *
 * <pre>
 * message  = version u8, kind u8 ('R' a run, 'U' nothing but that something was left out), entry...
 * entry    = length u32 of what follows, version u8, flags u8 (1 session, 2 external id, 4 findings), id 16 bytes, seq i64,
 *            occurred i64 and received i64 in microseconds since 1970, rules i64, type, [session], [external id], [findings],
 *            payload to the end
 * type, session, external id = length u16, text
 * findings = length u32, bytes of FindingsCodec
 * </pre>
 *
 * <p>Bytes of another version, or that are no such thing, decode to nothing: then the event store is asked.
 */
final class EventCodec {
    private static final byte VERSION = 2;
    private static final byte RUN = 'R';
    private static final byte UNCERTAIN = 'U';
    private static final int SESSION = 1;
    private static final int EXTERNAL = 2;
    private static final int FINDINGS = 4;
    private static final int FIXED = 4 + 1 + 1 + 16 + 8 + 8 + 8 + 8;
    private static final int LARGEST_TEXT = 0xFFFF;

    /** What begins the message of a run; its entries follow. */
    static final byte[] RUN_HEAD = {VERSION, RUN};

    /** The whole message that something was left out. */
    static final byte[] UNCERTAIN_MESSAGE = {VERSION, UNCERTAIN};

    private EventCodec() {}

    /** What came over a channel. */
    sealed interface Message {
        record Run(EventRun run) implements Message {}

        record Uncertain() implements Message {}

        /** Of another version, or not ours. */
        record Unreadable() implements Message {}
    }

    static byte[] encode(Event event) {
        byte[] type = event.type().getBytes(UTF_8);
        byte[] session = bytes(event.sessionId());
        byte[] external = bytes(event.externalId());
        byte[] payload = event.payload().text().getBytes(UTF_8);
        byte[] findings = FindingsCodec.encode(event.findings());
        int size = FIXED
                + 2
                + type.length
                + room(session)
                + room(external)
                + (findings == null ? 0 : Integer.BYTES + findings.length)
                + payload.length;
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putInt(size - Integer.BYTES).put(VERSION);
        out.put((byte) ((session == null ? 0 : SESSION)
                | (external == null ? 0 : EXTERNAL)
                | (findings == null ? 0 : FINDINGS)));
        out.putLong(event.id().value().getMostSignificantBits());
        out.putLong(event.id().value().getLeastSignificantBits());
        out.putLong(event.seq());
        out.putLong(micros(event.occurredAt()));
        out.putLong(micros(event.receivedAt()));
        out.putLong(event.findings().rules().value());
        put(out, type);
        if (session != null) {
            put(out, session);
        }
        if (external != null) {
            put(out, external);
        }
        if (findings != null) {
            out.putInt(findings.length).put(findings);
        }
        return out.put(payload).array();
    }

    static Message decodeMessage(AgentKey agent, byte[] bytes) {
        if (bytes.length < RUN_HEAD.length || bytes[0] != VERSION) {
            return new Message.Unreadable();
        }
        if (bytes[1] == UNCERTAIN) {
            return new Message.Uncertain();
        }
        if (bytes[1] != RUN) {
            return new Message.Unreadable();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, RUN_HEAD.length, bytes.length - RUN_HEAD.length);
        List<Event> events = new ArrayList<>();
        while (in.hasRemaining()) {
            Event event = decode(agent.agent(), in).orElse(null);
            if (event == null
                    || (!events.isEmpty() && event.seq() != events.getLast().seq() + 1)) {
                return new Message.Unreadable();
            }
            events.add(event);
        }
        return events.isEmpty() ? new Message.Unreadable() : new Message.Run(new EventRun(agent, events));
    }

    static Optional<Event> decode(AgentId agent, byte[] entry) {
        ByteBuffer in = ByteBuffer.wrap(entry);
        return decode(agent, in).filter(event -> !in.hasRemaining());
    }

    /** Reads one entry; where it is not one, the rest of the buffer is of no use. */
    private static Optional<Event> decode(AgentId agent, ByteBuffer in) {
        try {
            int length = in.getInt();
            if (length < FIXED - Integer.BYTES || length > in.remaining()) {
                return Optional.empty();
            }
            ByteBuffer entry = in.slice(in.position(), length);
            in.position(in.position() + length);
            if (entry.get() != VERSION) {
                return Optional.empty();
            }
            int flags = entry.get();
            if ((flags & ~(SESSION | EXTERNAL | FINDINGS)) != 0) {
                return Optional.empty();
            }
            EventId id = new EventId(new UUID(entry.getLong(), entry.getLong()));
            long seq = entry.getLong();
            Instant occurredAt = instant(entry.getLong());
            Instant receivedAt = instant(entry.getLong());
            RulesVersion rules = new RulesVersion(entry.getLong());
            String type = text(entry);
            String session = (flags & SESSION) == 0 ? null : text(entry);
            String external = (flags & EXTERNAL) == 0 ? null : text(entry);
            Findings findings = FindingsCodec.decode(rules, (flags & FINDINGS) == 0 ? null : bytes(entry));
            Json payload = new Json(UTF_8.newDecoder().decode(entry).toString());
            return seq < 1
                    ? Optional.empty()
                    : Optional.of(new Event(
                            id, seq, agent, type, session, external, payload, occurredAt, receivedAt, findings));
        } catch (BufferUnderflowException
                | CharacterCodingException
                | DateTimeException
                | ArithmeticException
                | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    private static int room(byte @Nullable [] text) {
        return text == null ? 0 : 2 + text.length;
    }

    private static void put(ByteBuffer out, byte[] text) {
        if (text.length > LARGEST_TEXT) {
            throw new IllegalArgumentException("an event's field is larger than the domain allows");
        }
        out.putShort((short) text.length).put(text);
    }

    private static byte[] bytes(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer in) throws CharacterCodingException {
        int length = Short.toUnsignedInt(in.getShort());
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer text = in.slice(in.position(), length);
        in.position(in.position() + length);
        return UTF_8.newDecoder().decode(text).toString();
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
