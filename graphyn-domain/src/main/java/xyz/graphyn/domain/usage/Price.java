package xyz.graphyn.domain.usage;

import java.math.BigDecimal;

/**
 * What a model costs.
 *
 * @param currency three capital letters (ISO 4217)
 * @param input for a million tokens of the prompt, read without a cache; 0 to {@value #MOST}
 * @param output for a million tokens of the answer; 0 to {@value #MOST}
 */
public record Price(String currency, BigDecimal input, BigDecimal output) {
    public static final int MOST = 1_000_000;
    private static final int MILLION = 6;

    /** @throws IllegalArgumentException if something is out of its bounds */
    public Price {
        if (!currency.matches("[A-Z]{3}") || currency.equals(Cost.MIXED)) {
            throw new IllegalArgumentException("a currency must be three capital letters, such as EUR");
        }
        require(input);
        require(output);
    }

    private static void require(BigDecimal price) {
        if (price.signum() < 0 || price.compareTo(BigDecimal.valueOf(MOST)) > 0) {
            throw new IllegalArgumentException("a price of a million tokens must be 0 to " + MOST);
        }
    }

    /**
     * @param prompt in tokens that are read without a cache
     * @param answer in tokens
     */
    Cost of(BigDecimal prompt, long answer) {
        BigDecimal millionths = prompt.multiply(input).add(output.multiply(BigDecimal.valueOf(answer)));
        return new Cost(millionths.movePointLeft(MILLION), currency);
    }
}
