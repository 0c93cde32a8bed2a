package xyz.graphyn.domain.usage;

import java.math.BigDecimal;

/**
 * What a token of a prompt costs by the way that it went, where one that is read without a cache costs 1.
 *
 * @param cacheRead of a token read from the provider's cache, 0 to 1
 * @param cacheWrite of a token written into it, 0 to {@value #MOST}
 */
public record Weights(BigDecimal cacheRead, BigDecimal cacheWrite) {
    public static final int MOST = 10;

    /** What the providers with the dearest writes ask; see docs/savings.md. */
    public static final Weights USUAL = new Weights(new BigDecimal("0.1"), new BigDecimal("1.25"));

    /** @throws IllegalArgumentException if one is out of its bounds */
    public Weights {
        require("read from the cache", cacheRead, 1);
        require("written into the cache", cacheWrite, MOST);
    }

    private static void require(String what, BigDecimal weight, int most) {
        if (weight.signum() < 0 || weight.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new IllegalArgumentException("the weight of what is " + what + " must be 0 to " + most);
        }
    }

    /** As they are for a call: where writes have no price of their own, they cost what is read without a cache. */
    Weights of(ReportedUsage call) {
        return call.pricesWrites() ? this : new Weights(cacheRead, cacheWrite.min(BigDecimal.ONE));
    }

    /** u + {@code cacheRead} · r + {@code cacheWrite} · w. */
    BigDecimal cost(long uncached, long read, long written) {
        return BigDecimal.valueOf(uncached)
                .add(cacheRead.multiply(BigDecimal.valueOf(read)))
                .add(cacheWrite.multiply(BigDecimal.valueOf(written)));
    }
}
