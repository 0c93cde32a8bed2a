package xyz.graphyn.domain.usage;

import java.math.BigDecimal;

/**
 * An amount of money.
 *
 * @param currency three capital letters (ISO 4217); {@value #MIXED} where amounts of several currencies were to be added up
 */
public record Cost(BigDecimal amount, String currency) {
    /** No currency, by ISO 4217: then the amount says nothing. */
    public static final String MIXED = "XXX";

    public Cost {
        amount = plain(amount);
    }

    /** What stands for the sum of both. */
    public Cost plus(Cost other) {
        return new Cost(amount.add(other.amount), currency.equals(other.currency) ? currency : MIXED);
    }

    /** Amounts are equal whatever zeros are written behind them. */
    static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
