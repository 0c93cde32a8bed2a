package xyz.graphyn.adapter.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.endpoint.QueryParameter;
import xyz.graphyn.adapter.http.problem.Mistake;

/**
 * The query of an address, decoded strictly: broken escapes and broken UTF-8 are mistakes, where {@link
 * java.net.URLDecoder} would put something else in their place.
 */
final class QueryString {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private QueryString() {}

    static QueryString parse(@Nullable String raw, Consumer<Mistake> mistakes) {
        QueryString query = new QueryString();
        if (raw == null || raw.isEmpty()) {
            return query;
        }
        for (String pair : raw.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
            if (name == null || value == null) {
                mistakes.accept(Mistake.inParameter(
                        name == null ? "" : name, "malformed", "must be percent-encoded UTF-8 (RFC 3986)"));
            } else {
                query.values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
        return query;
    }

    /** Notes a mistake for each parameter that is not among these: a misspelt filter must not show everything. */
    void refuseOthers(List<QueryParameter<?>> known, Consumer<Mistake> mistakes) {
        if (values.isEmpty()) {
            return;
        }
        List<String> names = known.stream().map(QueryParameter::name).toList();
        values.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> mistakes.accept(Mistake.inParameter(name, "unknown", "is not known here")));
    }

    List<String> of(QueryParameter<?> parameter) {
        return values.getOrDefault(parameter.name(), List.of());
    }

    /** @return null if there was a mistake */
    <T> @Nullable T read(QueryParameter<T> parameter, Consumer<Mistake> mistakes) {
        return parameter.read(of(parameter), mistakes);
    }

    private static @Nullable String decode(String escaped) {
        if (escaped.indexOf('%') < 0
                && escaped.indexOf('+') < 0
                && escaped.chars().allMatch(c -> c < 0x80)) {
            return escaped;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '%') {
                if (i + 2 >= escaped.length()) {
                    return null;
                }
                int high = Character.digit(escaped.charAt(++i), 16);
                int low = Character.digit(escaped.charAt(++i), 16);
                if (high < 0 || low < 0) {
                    return null;
                }
                bytes.write(high * 16 + low);
            } else if (c >= 0x80) {
                return null;
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException broken) {
            return null;
        }
    }
}
