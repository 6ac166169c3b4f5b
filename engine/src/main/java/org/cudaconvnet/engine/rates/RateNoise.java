package org.cudaconvnet.engine.rates;

import static org.cudaconvnet.engine.SplitMix64.GAMMA;
import static org.cudaconvnet.engine.SplitMix64.mix;

import org.cudaconvnet.engine.SplitMix64;

/**
 * Normally distributed numbers by the formula of Box and Muller (spec: weight-update.md section 7). The original draws from the C library's
 * random(), seeded with the time of day; here number k is a function of the seed, the name and k alone, by {@link SplitMix64}, so that the count of
 * numbers drawn is the whole state.
 */
public final class RateNoise {
    private static final long DEFAULT_SEED = 1;
    private static final double RANDOM_MAX = Integer.MAX_VALUE;

    private final String name;
    private final double pi;
    private long key;
    private int drawn;

    /** @param shortPi whether pi is the 3.1415 of the original */
    RateNoise(String name, boolean shortPi) {
        this.name = name;
        this.pi = shortPi ? 3.1415 : Math.PI;
        seed(DEFAULT_SEED);
    }

    /** Sets the seed; the count of numbers drawn stays. */
    public void seed(long seed) {
        key = mix(seed + GAMMA);
        for (int i = 0; i < name.length(); i++) {
            key = mix(key + name.charAt(i) * GAMMA);
        }
    }

    /** How many numbers have been drawn. */
    public int drawn() {
        return drawn;
    }

    /** Goes on after so many numbers. */
    public void skipTo(int numbers) {
        drawn = numbers;
    }

    double next() {
        int pair = drawn / 2;
        double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(2 * pair + 1)));
        double angle = 2 * pi * uniform(2 * pair);
        return radius * (drawn++ % 2 == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle));
    }

    /** Above 0, at most 1. */
    private double uniform(int index) {
        int random = (int) (mix(key + (index + 1) * GAMMA) >>> 33);
        return (1 + (double) random) / (1 + RANDOM_MAX);
    }
}
