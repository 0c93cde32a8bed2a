package xyz.graphyn.bootstrap.configuration;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xyz.graphyn.domain.usage.ModelTable;
import xyz.graphyn.domain.usage.ModelTerms;
import xyz.graphyn.domain.usage.Price;
import xyz.graphyn.domain.usage.Weights;

/** Reads what an operator says of models. */
final class ModelPrices {
    private static final int MOST = 1_000;
    private static final int LONGEST_NAME = 200;
    private static final Set<String> MEMBERS =
            Set.of("currency", "input", "output", "cacheRead", "cacheWrite", "window");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ModelPrices() {}

    /** @throws IllegalArgumentException if it is not such a table, with the place in it */
    static ModelTable parse(String text) {
        JsonNode table;
        try {
            table = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!table.isObject() || table.size() > MOST) {
            throw new IllegalArgumentException("it must be an object of at most " + MOST + " models");
        }
        Map<String, ModelTerms> models = new LinkedHashMap<>();
        table.forEachEntry((name, terms) -> {
            try {
                if (name.length() > LONGEST_NAME) {
                    throw new IllegalArgumentException("the name is longer than " + LONGEST_NAME + " characters");
                }
                models.put(name, terms(terms));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("of the model \"" + name + "\", " + e.getMessage(), e);
            }
        });
        return new ModelTable(models);
    }

    private static ModelTerms terms(JsonNode terms) {
        if (!terms.isObject()) {
            throw new IllegalArgumentException("the terms must be an object");
        }
        terms.propertyNames().forEach(name -> {
            if (!MEMBERS.contains(name)) {
                throw new IllegalArgumentException("nothing is known of \"" + name + "\"");
            }
        });
        BigDecimal read = number(terms, "cacheRead");
        BigDecimal write = number(terms, "cacheWrite");
        return new ModelTerms(
                new Weights(
                        read == null ? Weights.USUAL.cacheRead() : read,
                        write == null ? Weights.USUAL.cacheWrite() : write),
                price(terms),
                window(terms));
    }

    private static @Nullable Price price(JsonNode terms) {
        BigDecimal input = number(terms, "input");
        BigDecimal output = number(terms, "output");
        JsonNode currency = terms.get("currency");
        if (input == null && output == null && currency == null) {
            return null;
        }
        if (input == null || output == null || currency == null || !currency.isString()) {
            throw new IllegalArgumentException("a price needs \"currency\", \"input\" and \"output\"");
        }
        return new Price(currency.asString(), input, output);
    }

    private static @Nullable Long window(JsonNode terms) {
        JsonNode window = terms.get("window");
        if (window == null) {
            return null;
        }
        if (!window.isIntegralNumber() || !window.canConvertToLong()) {
            throw new IllegalArgumentException("\"window\" must be a whole number");
        }
        return window.longValue();
    }

    private static @Nullable BigDecimal number(JsonNode terms, String name) {
        JsonNode number = terms.get(name);
        if (number == null) {
            return null;
        }
        if (!number.isNumber()) {
            throw new IllegalArgumentException("\"" + name + "\" must be a number");
        }
        return number.decimalValue();
    }
}
