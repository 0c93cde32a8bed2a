package xyz.graphyn.application.masking;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.RulesVersion;

/**
 * What was found in a row as a few bytes, for whoever stores or sends it beside the row. The rules' version is kept apart,
 * where questions can be asked of it. A finding takes 3 to 6 bytes beyond the first of its kind, so that they never weigh
 * more than a few times the text that they lie in.
 *
 * <pre>
 * findings = version u8, count, (kind text, rule text)..., count, field...
 * field    = pointer text, count, (gap from the end of the one before, length, which of the kinds)...
 * text     = count of bytes, UTF-8; all numbers are of 1 to 5 bytes, 7 bits each, the lowest first
 * </pre>
 *
 * <p>All is counted, so that what was cut off is not taken for what has fewer findings.
 */
public final class FindingsCodec {
    private static final int VERSION = 2;

    private FindingsCodec() {}

    private record Sort(Kind kind, String rule) {}

    /** Null if there are none: most rows have none, and they shall cost nothing. */
    public static byte @Nullable [] encode(Findings findings) {
        if (findings.isEmpty()) {
            return null;
        }
        Map<Sort, Integer> sorts = new LinkedHashMap<>();
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        new TreeMap<>(findings.byField()).forEach((pointer, found) -> {
            text(fields, pointer);
            number(fields, found.size());
            int end = 0;
            for (Finding finding : found) {
                number(fields, finding.start() - end);
                number(fields, finding.length());
                number(fields, sorts.computeIfAbsent(new Sort(finding.kind(), finding.rule()), sort -> sorts.size()));
                end = finding.end();
            }
        });
        ByteArrayOutputStream all = new ByteArrayOutputStream(16 + fields.size());
        all.write(VERSION);
        number(all, sorts.size());
        sorts.keySet().forEach(sort -> {
            text(all, sort.kind().name());
            text(all, sort.rule());
        });
        number(all, findings.byField().size());
        all.writeBytes(fields.toByteArray());
        return all.toByteArray();
    }

    /**
     * @param bytes of {@link #encode}, null included
     * @return the findings; {@link Findings#UNSCANNED} if they can't be read, as when a later release wrote them: then nobody
     *     below {@code raw} sees the row until it was searched again
     */
    public static Findings decode(RulesVersion rules, byte @Nullable [] bytes) {
        if (bytes == null) {
            return rules.equals(RulesVersion.NONE) ? Findings.UNSCANNED : Findings.none(rules);
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            return in.get() == VERSION ? new Findings(rules, fields(in, sorts(in))) : Findings.UNSCANNED;
        } catch (BufferUnderflowException
                | CharacterCodingException
                | ArithmeticException
                | IllegalArgumentException unreadable) {
            return Findings.UNSCANNED;
        }
    }

    private static List<Sort> sorts(ByteBuffer in) throws CharacterCodingException {
        List<Sort> sorts = new ArrayList<>();
        for (int left = count(in); left > 0; left--) {
            sorts.add(new Sort(new Kind(text(in)), text(in)));
        }
        return sorts;
    }

    private static Map<String, List<Finding>> fields(ByteBuffer in, List<Sort> sorts) throws CharacterCodingException {
        Map<String, List<Finding>> fields = new LinkedHashMap<>();
        for (int fieldsLeft = count(in); fieldsLeft > 0; fieldsLeft--) {
            String pointer = text(in);
            List<Finding> found = new ArrayList<>();
            int end = 0;
            for (int left = count(in); left > 0; left--) {
                int start = Math.addExact(end, number(in));
                end = Math.addExact(start, number(in));
                int which = number(in);
                if (which >= sorts.size()) {
                    throw new IllegalArgumentException("a finding of no kind");
                }
                found.add(new Finding(
                        start, end, sorts.get(which).kind(), sorts.get(which).rule()));
            }
            fields.put(pointer, found);
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("more than was counted");
        }
        return fields;
    }

    private static void number(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest > 0x7F) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static int number(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                if (value > Integer.MAX_VALUE) {
                    break;
                }
                return (int) value;
            }
        }
        throw new IllegalArgumentException("not a number");
    }

    /** A number of things that are still to come, and so take a byte each at least. */
    private static int count(ByteBuffer in) {
        int count = number(in);
        if (count > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return count;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        number(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static String text(ByteBuffer in) throws CharacterCodingException {
        int length = count(in);
        ByteBuffer text = in.slice(in.position(), length);
        in.position(in.position() + length);
        return UTF_8.newDecoder().decode(text).toString();
    }
}
